// The page on which somebody signs in, or uses a one-time code, and goes on to the page of their role.
import { begin } from "/bare-page.js";
import { onChange } from "/person.js";

onChange((who) => who && location.assign(who.home));
begin();
