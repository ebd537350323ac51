# Every text that patients read, in modern standard Arabic. It asks with "يُرجى" and a noun rather than with
# an imperative, which would have to guess whether the patient is a man or a woman.

## The frame
need-help = أحتاج إلى مساعدة
start-over = البدء من جديد
# $name: whoever at the desk took the request
on-the-way = { $name } في الطريق إليك

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
no-appointment-line = لا نجد لك موعدًا اليوم. سيساعدك موظفو الاستقبال.
no-consent-line = لم يُحفظ شيء مما أدخلته. سيساعدك موظفو الاستقبال.
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
wait = { $minutes ->
    [zero] سيُنادى عليك بعد لحظات.
    [one] سيُنادى عليك على الأرجح بعد دقيقة واحدة.
    [two] سيُنادى عليك على الأرجح بعد دقيقتين، نحو الساعة { $time }.
    [few] سيُنادى عليك على الأرجح بعد { $minutes } دقائق، نحو الساعة { $time }.
    [many] سيُنادى عليك على الأرجح بعد { $minutes } دقيقة، نحو الساعة { $time }.
   *[other] سيُنادى عليك على الأرجح بعد { $minutes } دقيقة، نحو الساعة { $time }.
}
come-back = إذا لم يُنادَ عليك حتى الساعة { $time }، فيُرجى مراجعة الاستقبال.
paper-reserved = تذكرتك قيد الطباعة.
paper-printed = طُبعت تذكرتك. يُرجى أخذها.
paper-not-printed = لم تخرج أي ورقة. يُرجى تذكّر رقمك أو تصويره.
paper-not-known = إذا لم تخرج أي ورقة، فيُرجى تذكّر رقمك أو تصويره.
print-again = طباعة تذكرتي مرة أخرى
ticket-code = رمز تذكرتك

## Families, and acting for another
another-person = شخص آخر من العائلة
family-also = تسجيل وصول أيضًا: { $names }
family-all = سجّل وصولنا جميعًا
family-title = تم تسجيلكم جميعًا
family-ticket = { $name }: { $number }، نحو الساعة { $time }
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
ticket-expected = النداء نحو الساعة { $time }
ticket-issued = { $date }، { $time }

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

## Days, for chrono's format_localized
date-pattern = %A، %-d %B
