# Every text that patients read, in modern standard Arabic. It asks with "يُرجى" and a noun rather than with
# an imperative, which would have to guess whether the patient is a man or a woman.

## The language itself
# Its own name, as its speakers look for it; left-to-right or right-to-left; its script by ISO 15924; the POSIX locale
# that names its days and months.
language-name = العربية
language-direction = right-to-left
language-script = Arab
language-locale = ar_EG
# An amount, with a sign that everybody knows ($sign is €) or with a code ($sign is CHF); no line may end in it.
money = { $figures } { $sign }
money-with-code = { $figures } { $sign }
# How a voice says the letters A to Z and the figures 0 to 9 of a ticket's number.
spoken-letters = إيه | بي | سي | دي | إي | إف | جي | إتش | آي | جاي | كي | إل | إم | إن | أو | بي | كيو | آر | إس | تي | يو | في | دبليو | إكس | واي | زد
spoken-figures = صفر | واحد | اثنان | ثلاثة | أربعة | خمسة | ستة | سبعة | ثمانية | تسعة
# The keyboard: a line is a row, a word is a key. Before the last row of letters that have capitals stands the shift
# key, which takes the room of two.
keyboard-name = أ ب ت
keyboard-letters =
    ض ص ث ق ف غ ع ه خ ح ج د
    ش س ي ب ل ا أ ت ن م ك ط
    ذ ئ ء ؤ ر إ آ ى ة و ز ظ
keyboard-signs =
    1 2 3 4 5 6 7 8 9 0
    ١ ٢ ٣ ٤ ٥ ٦ ٧ ٨ ٩ ٠
    {"."} ، - ' / @ ؟ ! # &

## The frame
need-help = أحتاج إلى مساعدة
start-over = البدء من جديد
# $name: whoever at the desk took the request
on-the-way = { $name } في الطريق إليك

## How the screen shall be
# Said of a button that has only a sign
preferences = حجم النص والتباين واللغة
preferences-title = ما الذي يساعدك؟
text-size = حجم النص
text-normal = عادي
text-large = كبير
text-largest = كبير جدًا
high-contrast = تباين عالٍ
within-reach = أزرار في الأسفل
no-motion = بدون حركة
more-time = وقت أطول
ignore-double-taps = تجاهل النقر المزدوج
preferences-done = تم

## Welcome
welcome-title = أهلًا وسهلًا
welcome-prompt = كيف يمكننا مساعدتك؟
have-appointment = لديّ موعد
new-here = هذه زيارتي الأولى
scan-hint = أو يُرجى وضع رمز رسالتك تحت الماسح الضوئي.

## Every question
progress = الخطوة { $step } من { $steps }
back = رجوع
next = التالي
erase-key = حذف الحرف الأخير
space-key = مسافة
layout-key = تغيير الحروف
type-here = يُرجى لمس الحروف
day = اليوم
month = الشهر
year = السنة
date-hint = اليوم ثم الشهر ثم السنة، مثلًا 07 11 1950.

## Who are you?
identify-date-title = ما تاريخ ميلادك؟
identify-date-with-code-hint = قرأنا رمزك. يُرجى الآن إدخال تاريخ ميلادك.
identify-family-title = ما اسم عائلتك؟
identify-family-hint = كما هو مكتوب في أوراقك الرسمية.
no-match = لم نعثر عليك بهاتين الإجابتين. يُرجى التحقق منهما والمحاولة مرة أخرى.
unknown-code = لا يمكننا استخدام هذا الرمز. يُرجى كتابة إجاباتك بدلًا منه.

## How to put an answer right
problem-empty = يُرجى كتابة إجابة أولًا.
problem-no-letter = يجب أن يحتوي الاسم على حرف واحد على الأقل.
problem-date-incomplete = يُرجى كتابة رقمين لليوم ورقمين للشهر وأربعة أرقام للسنة.
problem-no-such-day = هذا اليوم غير موجود في التقويم. يُرجى التحقق من اليوم والشهر.
problem-date-in-the-future = هذا التاريخ لم يأتِ بعد. يُرجى التحقق من السنة.
problem-date-too-long-ago = هذه السنة بعيدة جدًا. يُرجى التحقق منها.
problem-phone-too-short = هذا الرقم قصير جدًا. يُرجى التحقق منه.
problem-phone-too-long = هذا الرقم طويل جدًا. يُرجى التحقق منه.
problem-nothing-chosen = يُرجى اختيار إحدى الإجابات.

## Registration
given-name-title = ما اسمك الأول؟
given-name-hint = كل أسمائك الأولى كما في أوراقك الرسمية.
family-name-title = ما اسم عائلتك؟
family-name-hint = كما هو مكتوب في أوراقك الرسمية.
birth-title = ما تاريخ ميلادك؟
sex-title = ما جنسك؟
sex-hint = كما هو مسجّل في أوراقك الرسمية.
sex-female = أنثى
sex-male = ذكر
sex-other = آخر
sex-unknown = أفضّل عدم الإجابة
phone-title = ما رقم هاتفك؟
phone-hint = لا نتصل بك إلا بشأن رعايتك الصحية.
street-title = ما عنوان سكنك؟
street-hint = الشارع ورقم المنزل.
town-title = في أي مدينة؟
town-hint = الرمز البريدي والمدينة.
contact-name-title = بمن نتصل في حالة الطوارئ؟
contact-name-hint = الاسم الأول واسم العائلة.
contact-phone-title = ما رقم هاتف هذا الشخص؟
contact-phone-hint = مع رمز الدولة إذا كان الرقم من خارج البلاد.
language-title = ما لغتك المفضّلة؟
language-hint = سنحاول التحدث إليك بهذه اللغة.
reason-title = ما سبب زيارتك اليوم؟
reason-hint = يُرجى اختيار الأنسب.
consent-title = هل يمكننا حفظ ما أدخلته؟
consent-yes = أوافق
consent-no = لا أوافق

## Registration: what a clinic may ask besides, and how to put it right
skip = تخطي
# $name: the step, such as "About you"; $progress: the text above
progress-of = { $name }: { $progress }
further-family-name-title = هل لديك اسم عائلة آخر؟
previous-family-name-title = هل كان لك اسم عائلة آخر من قبل؟
previous-family-name-hint = مثل الاسم قبل الزواج.
email-title = ما بريدك الإلكتروني؟
email-hint = لا نكتب إليك إلا بشأن رعايتك.
postal-code-title = ما رمزك البريدي؟
postal-code-hint = كما هو مكتوب على رسائلك.
region-title = في أي منطقة؟
contact-relation-title = ما صلة هذا الشخص بك؟
contact-relation-hint = أم أو زوج أو جار مثلاً.
insurer-title = ما شركة التأمين الخاصة بك؟
insurer-hint = كما هو مكتوب على بطاقتك.
scheme-number-title = ما رقم تأمينك؟
scheme-number-hint = كما هو مكتوب على بطاقتك.
# $example: an answer that fits
own-example = مثال: { $example }
problem-phone-unknown = لا نعرف هذا الرقم. يرجى التحقق منه؛ إن كان من بلد آخر فهو يبدأ بعلامة + ورمز البلد.
problem-email = يرجى كتابة العنوان كاملاً، مثل name@example.org.
# $example: a postal code of the country
problem-postal-code = يرجى كتابة الرمز البريدي أيضاً: { $example } مثلاً.
problem-number-format = لهذا الرقم شكل آخر على البطاقة. يرجى مقارنته بالبطاقة.
problem-check-digit = أحد الأرقام غير صحيح. يرجى مقارنة الرقم بالبطاقة.
problem-own-format = يرجى كتابته بالشكل المطلوب.
problem-too-long = هذا طويل جداً. يرجى التحقق منه.
## نماذج العيادة
form-step = { $form }: { $step } من { $steps }
yes = نعم
no = لا
decimal-key = .
form-several-hint = المس كل ما ينطبق.
form-number-hint = من { $least } إلى { $most }.
signature-pad = وقّع هنا بإصبعك
signature-name = اسمك واسم عائلتك
signature-clear = مسح
signature-type = كتابة اسمي
signature-draw = التوقيع بالإصبع
review-title = هل كل شيء صحيح؟
review-hint = المس أي إجابة لتغييرها.
review-none = بلا إجابة
review-signed = تم التوقيع
review-signed-by = التوقيع: { $name }
form-problem-too-long = هذا طويل جدًا. اكتب { $most } حرفًا على الأكثر.
problem-date-past = هذا اليوم مضى. يرجى التحقق منه.
problem-date-far-away = هذه السنة بعيدة جدًا. يرجى التحقق منها.
problem-no-number = يرجى كتابة رقم.
problem-whole-number = يرجى كتابة رقم بلا كسور.
problem-decimals = اكتب { $most } من الأرقام على الأكثر بعد الفاصلة.
problem-too-small = يرجى التحقق من الرقم: الحد الأدنى { $least }.
problem-too-large = يرجى التحقق من الرقم: الحد الأقصى { $most }.
problem-not-signed = يرجى التوقيع أولًا أو كتابة اسمك.
problem-only-a-dot = لا نرى سوى نقطة. يرجى التوقيع مرة أخرى.

## Waiting for the kiosk itself
looking-title = لحظة من فضلك
looking-line = يجري البحث عن بياناتك.

## Is this you?
confirm-title = هل هذا أنت؟
confirm-today = اليوم الساعة { $time }
confirm-other-day = { $date } الساعة { $time }
confirm-no-appointment = لا يوجد موعد اليوم
thats-me = نعم، هذا أنا
not-me = لا، لست أنا

## Appointments
appointments = حجز موعد أو تغييره أو إلغاؤه
booking-title = مواعيدك
booking-hint = المس موعدًا لتغييره أو إلغائه.
booking-new = حجز موعد جديد
booking-one-title = ماذا تريد أن تفعل؟
booking-move = اختيار وقت آخر
booking-earlier = أخبروني إذا توفر وقت أبكر
booking-cancel = إلغاء الموعد
booking-cancel-title = هل تريد إلغاء هذا الموعد؟
booking-cancel-yes = نعم، إلغاء
booking-cancel-no = لا، أبقِه
booking-cancelled-title = أُلغي موعدك
booking-cancelled-line = شكرًا لإخبارنا: يمكن لشخص آخر الآن أن يأخذ هذا الوقت.
booking-another = حجز موعد آخر
booking-offer-title = أصبح هذا الوقت متاحًا. هل تريده؟
booking-offer-yes = نعم، أريده
booking-offer-no = لا، شكرًا
booking-service-title = لأي خدمة تريد الموعد؟
booking-clinician-title = مع مَن تريد الموعد؟
booking-anybody = أول مَن يكون متاحًا
booking-part-title = أي وقت من اليوم يناسبك؟
booking-first = في أقرب وقت: { $date }، { $time }
booking-any-time = أي وقت
booking-morning = قبل الظهر
booking-afternoon = بعد الظهر
booking-evening = مساءً
booking-day-title = أي يوم يناسبك؟
booking-time-title = في أي وقت؟
booking-review-title = هل نحجز هذا الوقت؟
booking-walk-in-title = هذا أقرب وقت متاح اليوم. هل نحجزه؟
booking-move-title = هل ننقل موعدك إلى هذا الوقت؟
booking-instead-of = بدلًا من { $date }، { $time }
booking-review-yes = احجز هذا الوقت
booking-move-yes = نعم، انقله
booking-review-no = وقت آخر
booking-taken = حجز شخص آخر هذا الوقت قبل لحظات. يرجى اختيار وقت آخر.
booking-changed = لم يعد هذا الوقت متاحًا. يرجى اختيار وقت آخر.
booking-none-title = لا يوجد وقت متاح
booking-none-today = لم يعد هناك وقت متاح اليوم.
booking-none = لا يمكن حجز أي وقت هنا حاليًا.
booking-other-days = عرض أيام أخرى
booking-wait = أخبروني عندما يتوفر وقت
booking-waiting-title = أنت على قائمة الانتظار
booking-waiting-line = عندما يتوفر وقت سنخبرك. يمكنك أيضًا السؤال هنا في أي وقت.
booked-title = حُجز موعدك
booked-moved-title = نُقل موعدك
booked-bring = أحضر القسيمة معك: رمزها يسجل وصولك.
booked-slip-printed = يرجى أخذ القسيمة.
booked-slip-not-printed = لم تخرج القسيمة. يرجى تدوين اليوم والوقت أو تصوير الرمزين.
booked-check-in-code = الوصول
booked-calendar-code = التقويم
booked-check-in = تسجيل الوصول الآن
appointment-slip-title = موعدك
wish-title = سجلنا رغبتك
wish-line = تصبح سارية عندما يؤكدها مكتب الاستقبال. يرجى عدم الحجز مرة أخرى.
## Details on file, and what a document says
details-address-title = هل ما زلت تسكن هنا؟
details-phone-title = هل ما زلنا نصل إليك على هذا الرقم؟
details-email-title = هل ما زال هذا بريدك الإلكتروني؟
details-contact-title = هل ما زلنا نتصل بهذا الشخص في حالة الطوارئ؟
details-yes = نعم، هذا صحيح
details-change = لا، أريد تغييره
document-title = هل هذا صحيح؟
document-yes = نعم، هذا صحيح
document-no = لا، سأكتبه بنفسي
document-unknown-title = لم نتمكن من العثور عليك
document-unknown-line = إذا كنت جديداً هنا فيمكنك التسجيل الآن. وثيقتك تملأ الإجابات الأولى.
document-unknown-desk = إذا سبق أن كنت هنا فيرجى التوجه إلى الاستقبال.
document-register = التسجيل الآن
one-of-several-codes = على هذه البطاقة عدة رموز. يرجى كتابة إجاباتك بدلاً من ذلك.

## An arrival that cannot be checked in now
early-title = وصلت قبل موعدك
early-appointment = موعدك الساعة { $time }.
early-opens = يبدأ تسجيل الوصول الساعة { $time }. يُرجى العودة إلى هذا الجهاز حينها.
other-day-title = موعدك في يوم آخر
other-day-appointment = { $date } الساعة { $time }
other-day-line = إذا احتجت إلى رعاية اليوم، فيُرجى سؤال الاستقبال.
ask-desk = سؤال الاستقبال

## An arrival that the clinic's routines answer
other-site-title = موعدك في مكان آخر
other-site-appointment = موعدك في الساعة { $time } في: { $name }
missed-line = لقد فات موعدك. سيبحث موظفو الاستقبال معك عن وقت آخر.
balance-line = يرجى التحدث أولًا مع موظفي الاستقبال.
walk-in-line = يمكنك أيضًا أخذ رقم والانتظار حتى يُنادى عليك.
walk-in-take = خذ رقمًا

## A person is needed
help-title = نستدعي من يساعدك
help-line = يُرجى الانتظار هنا أو التوجّه إلى الاستقبال.
to-desk-title = يُرجى التوجّه إلى الاستقبال
not-identified-line = لم نعثر عليك بعد ثلاث محاولات. سيساعدك موظفو الاستقبال.
several-records-line = على أحد الموظفين أن يحدد ملفك. لن يستغرق ذلك سوى لحظة.
not-that-person-line = سيبحث موظفو الاستقبال عن ملفك.
possible-duplicate-line = سيكمل موظفو الاستقبال تسجيلك. لا حاجة إلى الإجابة عن شيء مرة أخرى.
late-line = انتهى وقت تسجيل الوصول لموعدك. سيخبرك موظفو الاستقبال بالخطوة التالية.
cancelled-line = أُلغي موعدك المقرر اليوم. سيشرح لك موظفو الاستقبال ذلك.
changed-line = اضطرت العيادة إلى تغيير موعدك المقرر اليوم الساعة { $time }.
changed-now = موعدك الآن: { $date } الساعة { $time }
changed-desk-line = نأسف لأننا لم نتمكن من إبلاغك من قبل. سيبحث موظفو الاستقبال معك عن وقت مناسب.
no-appointment-line = لا نجد لك موعدًا اليوم. سيساعدك موظفو الاستقبال.
no-consent-line = لم يُحفظ شيء مما أدخلته. سيساعدك موظفو الاستقبال.
closed-title = هذا الجهاز مغلق
closed-way = يُرجى التوجّه إلى الاستقبال. ستجد المساعدة هناك.
fault-title = حدثت مشكلة في هذا الجهاز
fault-line = لم يُفقد شيء. يُرجى المحاولة مرة أخرى أو التوجّه إلى الاستقبال.
request-raising = جارٍ إبلاغ الاستقبال …
request-kept = لم نتمكن من إبلاغ الاستقبال بعد. طلبك محفوظ وسيُرسل تلقائيًا. يُرجى التوجّه إلى الاستقبال.
request-not-kept = تعذّر إبلاغ الاستقبال. يُرجى التوجّه إليه.
request-delivered = وصل طلبك إلى الاستقبال.
go-on = المتابعة هنا
try-again = المحاولة مرة أخرى
finish = إنهاء

## Start over?
start-over-title = البدء من جديد؟
start-over-line = سيُمحى كل ما كتبته.
start-over-yes = نعم، البدء من جديد
start-over-no = لا، المتابعة

## Done
done-title = تم تسجيل وصولك
done-before-title = سبق تسجيل وصولك
your-number = رقمك
wait-none = سيُنادى عليك بعد لحظات.
wait-less = { $minutes ->
    [zero] سيُنادى عليك بعد لحظات.
    [one] سيُنادى عليك على الأرجح خلال أقل من دقيقة.
    [two] سيُنادى عليك على الأرجح خلال أقل من دقيقتين.
    [few] سيُنادى عليك على الأرجح خلال أقل من { $minutes } دقائق.
    [many] سيُنادى عليك على الأرجح خلال أقل من { $minutes } دقيقة.
   *[other] سيُنادى عليك على الأرجح خلال أقل من { $minutes } دقيقة.
}
wait = { $until ->
    [zero] سيُنادى عليك بعد لحظات.
    [one] سيُنادى عليك على الأرجح بعد دقيقة.
    [two] سيُنادى عليك على الأرجح بعد دقيقة إلى دقيقتين.
    [few] سيُنادى عليك على الأرجح بعد { $from } إلى { $until } دقائق.
    [many] سيُنادى عليك على الأرجح بعد { $from } إلى { $until } دقيقة.
   *[other] سيُنادى عليك على الأرجح بعد { $from } إلى { $until } دقيقة.
}
wait-hours = سيُنادى عليك على الأرجح بعد { $from } إلى { $until } ساعات.
come-back = إذا لم يُنادَ عليك حتى الساعة { $time }، فيُرجى مراجعة الاستقبال.
paper-reserved = تذكرتك قيد الطباعة.
paper-printed = طُبعت تذكرتك. يُرجى أخذها.
paper-not-printed = لم تخرج أي ورقة. يُرجى تذكّر رقمك أو تصويره.
paper-not-known = إذا لم تخرج أي ورقة، فيُرجى تذكّر رقمك أو تصويره.
print-again = طباعة تذكرتي مرة أخرى
write-down = نص لتدوينه
ticket-code = رمز تذكرتك

## Paying
pay-bill = دفع فاتورة
pay-title = المبلغ المستحق
pay-total = المجموع
pay-balance = رصيد سابق
pay-by-card = الدفع بالبطاقة
pay-by-code = الدفع برمز عبر هاتفك
pay-at-desk = الدفع في الاستقبال
pay-later = الدفع لاحقًا: زيارتك لا تتوقف عليه
pay-not-now = ليس الآن
pay-no-way = لا يمكن دفع هذا هنا. يرجى الدفع في الاستقبال.
pay-other-currency = هناك مبلغ آخر مستحق بعملة أخرى. يرجى دفعه في الاستقبال.
pay-nothing-title = لا يوجد مبلغ مستحق
pay-nothing-line = لا يلزمك دفع أي شيء الآن.
pay-in-doubt-title = هناك عملية دفع لم تتضح بعد
pay-in-doubt-line = لا تدفع مرة أخرى. يتحقق الاستقبال مما حدث ويخبرك.
pay-card-preparing = لحظة من فضلك: يجري تجهيز جهاز الدفع.
pay-card-present = قرّب بطاقتك من جهاز الدفع أو أدخلها فيه.
pay-card-at-work = يرجى الانتظار: جهاز الدفع يعمل.
pay-card-says = يقول جهاز الدفع:
pay-stop = إيقاف
pay-stopping = جارٍ الإيقاف…
pay-code-preparing = لحظة من فضلك: يجري إعداد الرمز
pay-code-label = امسح هذا الرمز بتطبيق مصرفك وادفع هناك.
pay-code-reference = المرجع: { $code }
pay-code-paid = لقد دفعت
pay-other-way = الدفع بطريقة أخرى
pay-code-waiting = في انتظار التأكيد …
pay-code-waiting-line = قد يستغرق ذلك بضع دقائق. يرجى عدم الدفع مرة أخرى.
pay-code-leave = لا أستطيع الانتظار
pay-at-desk-title = يرجى الدفع في الاستقبال
pay-at-desk-line = اذكر اسمك هناك. لا يلزم أحدًا الدفع قبل الزيارة.
# The three words: charged, not charged, not known yet.
pay-charged = تم الخصم: { $amount }
pay-not-charged = لم يتم الخصم
pay-not-known = لم يُعرف بعد: لا تدفع مرة أخرى
pay-not-known-card = يتحقق الاستقبال من جهاز الدفع هل تم الخصم ويخبرك.
pay-not-known-code = يتحقق الاستقبال من المصرف هل تم الدفع ويخبرك.
pay-why-declined = رُفضت البطاقة. اسأل مصرفك أو ادفع بطريقة أخرى.
pay-why-cancelled = أُوقفت عملية الدفع. يمكنك المحاولة مرة أخرى أو الدفع في الاستقبال.
pay-why-timed-out = لم تُقدَّم أي بطاقة في الوقت المحدد. يمكنك المحاولة مرة أخرى أو الدفع في الاستقبال.
pay-why-unreadable = تعذرت قراءة البطاقة. حاول مرة أخرى أو ادفع في الاستقبال.
pay-why-terminal = لا يمكن استخدام جهاز الدفع الآن. يرجى الدفع في الاستقبال.
pay-why-code = تعذر الدفع بالرمز. حاول مرة أخرى أو ادفع في الاستقبال.
pay-why-not-due = هذا المبلغ مدفوع أو يجري دفعه في مكان آخر. عند الشك اسأل في الاستقبال.
pay-why-known-now = اتضح الآن: لم يُخصم شيء. يمكنك المحاولة مرة أخرى أو الدفع في الاستقبال.
pay-receipt-reserved = تجري طباعة إيصالك.
pay-receipt-printed = يرجى أخذ إيصالك.
pay-receipt-not-printed = تعذرت طباعة إيصالك. إنه لدى الاستقبال.
pay-receipt-not-known = إذا لم يخرج أي إيصال: فهو لدى الاستقبال.
pay-receipt-desk = إيصالك لدى الاستقبال.
pay-doubt-reserved = تجري طباعة ورقة تبيّن ذلك.
pay-doubt-printed = يرجى أخذ الورقة التي تبيّن ذلك.
pay-ticket-stays = تبقى تذكرتك { $number } صالحة.
pay-back-to-ticket = العودة إلى تذكرتي
done-owed = ادفع الآن أو لاحقًا: زيارتك لا تنتظر ذلك.
done-in-doubt = لا تدفع مرة أخرى: هناك عملية دفع لم تتضح بعد.
done-pay = دفع { $amount } الآن

## Families, and acting for another
another-person = شخص آخر من العائلة
family-also = تسجيل وصول أيضًا: { $names }
family-all = سجّل وصولنا جميعًا
family-title = تم تسجيلكم جميعًا
family-ticket = { $name }: { $number }، بين الساعة { $begin } والساعة { $end }
family-paper-reserved = تجري طباعة تذاكركم.
family-paper-printed = طُبعت تذاكركم. يرجى أخذها كلها.
family-paper-missing = لم تخرج تذكرة؟ تذكر رقمها أو صوّره من فضلك.
acting-here-title = هل أنت أيضًا مريض هنا؟
acting-here-hint = عندها لا تحتاج إلى كتابة اسمك ورقم هاتفك.
acting-here-yes = نعم، أنا مريض هنا
acting-here-no = لا
acting-name-title = ما اسمك أنت؟
acting-name-hint = الاسم الأول واسم العائلة: اسمك أنت، لا اسم المريض.
acting-phone-title = ما رقم هاتفك؟
acting-phone-hint = يمكننا الاتصال بك بشأن المريض.
acting-date-title = متى وُلدت أنت؟
acting-family-title = ما اسم عائلتك أنت؟
acting-confirm-line = أنت اليوم تنوب عن شخص آخر.
acting-consent-title = هل توافق؟
patient-date-title = متى وُلد المريض؟
patient-family-title = ما اسم عائلة المريض؟
confirm-patient-title = هل هذا هو المريض؟
thats-the-patient = نعم، هذا هو المريض
not-the-patient = لا، هذا شخص آخر

## Nobody seems to be there
warning-title = هل ما زلت هنا؟
seconds-left = { $seconds ->
    [zero] انتهى الوقت، ويُمحى كل شيء
    [one] بقيت ثانية واحدة، ثم يُمحى كل شيء
    [two] بقيت ثانيتان، ثم يُمحى كل شيء
    [few] بقيت { $seconds } ثوانٍ، ثم يُمحى كل شيء
    [many] بقيت { $seconds } ثانية، ثم يُمحى كل شيء
   *[other] بقيت { $seconds } ثانية، ثم يُمحى كل شيء
}
still-here = ما زلت هنا

## The printed ticket
ticket-copy = نسخة
ticket-appointment = الموعد الساعة { $time }
ticket-expected = النداء بين الساعة { $begin } والساعة { $end }
ticket-issued = { $date }، { $time }

## The printed receipt of a payment
receipt-charged = تم الخصم
receipt-not-charged = لم يتم الخصم
receipt-not-known = لم يُعرف بعد: لا تدفع مرة أخرى
receipt-not-known-line = يتحقق الاستقبال هل تم الخصم ويخبرك. يرجى الاحتفاظ بهذه الورقة.
receipt-by-card = بالبطاقة
receipt-by-code = برمز عبر الهاتف
receipt-at-desk = في الاستقبال
receipt-payment = عملية الدفع:
receipt-terminal = جهاز الدفع: { $code }
receipt-number = رقم الإيصال: { $number }
receipt-authorisation = رقم الموافقة: { $code }
receipt-card = البطاقة: { $code }
receipt-of-terminal = إيصال جهاز الدفع

## What do you need?
need-title = كيف يمكننا مساعدتك؟
call-person = استدعاء شخص
need-prompt = أو أخبرنا بالموضوع:
my-case = لدي قسيمة برقم حالة
words-optional = يمكنك كتابة ما يجب أن نعرفه. هذا ليس ضروريًا.
words-required = اكتب بكلماتك وبأي لغة.
problem-no-words = من فضلك اكتب بضع كلمات أولًا.
send = إرسال
for-somebody-else = أنا هنا من أجل شخص آخر
here-for = أنت هنا من أجل: { $name }
here-for-title = من أجل من أنت هنا؟
here-for-hint = المس ما يناسب. بعض الأمور لا يقوم بها إلا المريض، ويساعدك فيها موظفو الاستقبال.
not-allowed-line = سيقوم موظفو الاستقبال بذلك معك ومع المريض.
request-resolved = تم حل هذا الأمر.

## An emergency
emergency-calling = جارٍ استدعاء الاستقبال …
emergency-delivered = تم استدعاء الاستقبال. هناك من هو قادم.
emergency-not-delivered = الاستقبال لا يجيب. نادِ بصوت عالٍ طلبًا للمساعدة الآن.
emergency-over = وصل أحد إلى هنا

## Speaking with the desk
message-waits = كتب لك الاستقبال رسالة
message-read = قراءة
talk-title = أنت والاستقبال
message-not-kept = تعذر إرسال رسالتك. من فضلك قلها عند الاستقبال.
talk-none = لا توجد رسائل بعد. ما يكتبه الاستقبال يظهر هنا.
talk-write = كتابة جواب
talk-close = إغلاق
# The mark in front makes it run from right to left, whatever script the name is in.
said-by = { "\u200F" }{ $name }، { $time }
said-by-you = أنت، { $time }
reply-title = ماذا تريد أن تقول؟
reply-hint = اكتب بكلماتك وبأي لغة.

## Cases
case-title = حالتك { $number }
case-code = الرمز: { $code }
case-answer-by = يصلك جوابنا في موعد أقصاه { $date }.
slip-reserved = تُطبع قسيمتك الآن.
slip-printed = خذ قسيمتك: بها يمكنك أن ترى هنا في أي وقت إلى أين وصلت الحالة.
slip-not-printed = لم تخرج القسيمة. سجّل الرقم والرمز أو التقط صورة: بهما تُفتح حالتك.
case-taken = { $name } يتابع الأمر.
case-overdue = تأخر جوابنا. تم إبلاغ الإدارة بذلك.
case-number-title = ما رقم حالتك؟
case-number-hint = الأرقام فقط كما هي على القسيمة.
case-code-title = ما الرمز المكتوب على القسيمة؟
case-code-hint = ستة أرقام.
case-no-match = لم نجد حالة بهذه الأرقام. من فضلك تحقق من كليهما.

## Practice
practice = تدريب: لا شيء هنا حقيقي

## The printed slip of a case
slip-title = حالتك
slip-received = استُلمت: { $date }، { $time }
slip-subject = الموضوع: { $subject }
slip-to = تصل إلى: { $name }
slip-code = الرمز: { $code }
slip-taken-up-by = نؤكد لك في موعد أقصاه { $date } من يتولى الأمر.
slip-how = أظهر هذه القسيمة عند أي جهاز لترى إلى أين وصلت الحالة. احتفظ بها: فهي تفتح حالتك.

## The display of the waiting room
display-title = غرفة الانتظار
display-go-to = يرجى التوجه إلى
display-idle = سيظهر رقمك هنا عند النداء
display-last-calls = النداءات السابقة
display-spoken = صاحب الرقم { $number }. يرجى التوجه إلى { $place }.
display-late = { $minutes ->
    [few] { $service }: تأخير نحو { $minutes } دقائق
    [many] { $service }: تأخير نحو { $minutes } دقيقة
   *[other] { $service }: تأخير نحو { $minutes } دقيقة
}
display-wait = { $until ->
    [few] { $service }: الانتظار من { $from } إلى { $until } دقائق
   *[other] { $service }: الانتظار من { $from } إلى { $until } دقيقة
}
display-wait-less = { $minutes ->
    [few] { $service }: الانتظار أقل من { $minutes } دقائق
   *[other] { $service }: الانتظار أقل من { $minutes } دقيقة
}
display-wait-hours = { $service }: الانتظار من { $from } إلى { $until } ساعات
display-lost = لم تُحدَّث هذه الشاشة منذ { $time }. يرجى الانتباه إلى النداء أو سؤال الاستقبال.
display-sound = المس هنا لتشغيل الصوت

## Days, for chrono's format_localized
date-pattern = %A، %-d %B
date-pattern-short = %a، %-d %b
whole-date-pattern = %-d %B %Y

## The voice
voice-how-to-move = تنقّل بمفاتيح الأسهم، واختر بالمفتاح المستدير.
voice-how-to-hear = مفتاح المساعدة يعيد كل ما قيل، والضغط عليه مرتين يطلب المساعدة. مفتاح الصوت يغيّر ارتفاع صوتي، ومفتاح السرعة يغيّر سرعته.
voice-any-key = اضغط أي مفتاح للمتابعة.
voice-choices = { $steps ->
    [zero] { $steps } خيار.
    [one] خيار واحد.
    [two] خياران.
    [few] { $steps } خيارات.
    [many] { $steps } خيارًا.
   *[other] { $steps } خيار.
}
voice-sign = بالمفاتيح، اختر: { $name }.
voice-entered = لقد أدخلت: { $name }.
voice-character = حرف
voice-erased = حُذف
voice-scroll-up = عرض ما في الأعلى
voice-scroll-down = عرض ما في الأسفل
voice-shift = حرف كبير
voice-chosen = مختار
voice-not-chosen = غير مختار
voice-button = زر
voice-position = { $step } من { $steps }
voice-volume = مستوى الصوت { $step } من { $steps }
voice-speed = السرعة { $step } من { $steps }
