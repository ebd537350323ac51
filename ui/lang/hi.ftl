# Every text that patients read, in Hindi. It says "आप", and avoids verbs that would have to guess whether
# the patient is a man or a woman.

## The language itself
# Its own name, as its speakers look for it; left-to-right or right-to-left; its script by ISO 15924; the POSIX locale
# that names its days and months.
language-name = हिन्दी
language-direction = left-to-right
language-script = Deva
language-locale = hi_IN
# An amount, with a sign that everybody knows ($sign is €) or with a code ($sign is CHF); no line may end in it.
money = { $sign }{ $figures }
money-with-code = { $sign } { $figures }
# How a voice says the letters A to Z and the figures 0 to 9 of a ticket's number.
spoken-letters = ए | बी | सी | डी | ई | एफ़ | जी | एच | आई | जे | के | एल | एम | एन | ओ | पी | क्यू | आर | एस | टी | यू | वी | डब्ल्यू | एक्स | वाई | ज़ेड
spoken-figures = शून्य | एक | दो | तीन | चार | पाँच | छह | सात | आठ | नौ
# The keyboard: a line is a row, a word is a key. Before the last row of letters that have capitals stands the shift
# key, which takes the room of two.
keyboard-name = अ आ
keyboard-letters =
    अ आ इ ई उ ऊ ऋ ए ऐ ओ औ
    ा ि ी ु ू ृ े ै ो ौ ्
    क ख ग घ च छ ज झ ट ठ ड
    ढ ण त थ द ध न प फ ब भ
    म य र ल व श ष स ह ं ँ
keyboard-signs =
    1 2 3 4 5 6 7 8 9 0
    १ २ ३ ४ ५ ६ ७ ८ ९ ०
    ङ ञ ळ ड़ ढ़ ज़ फ़ क़ ख़ ग़
    ः ़ ॉ ॅ ऑ ॐ । ॠ
    {"."} , - ' / @ ? ! # &

## The frame
need-help = मुझे मदद चाहिए
start-over = फिर से शुरू करें
# $name: whoever at the desk took the request
on-the-way = { $name } आपकी मदद के लिए रास्ते में हैं

## How the screen shall be
# Said of a button that has only a sign
preferences = अक्षरों का आकार, कंट्रास्ट और भाषा
preferences-title = आपको किससे मदद मिलेगी?
text-size = अक्षरों का आकार
text-normal = सामान्य
text-large = बड़ा
text-largest = सबसे बड़ा
high-contrast = अधिक कंट्रास्ट
within-reach = बटन नीचे
no-motion = कोई हलचल नहीं
more-time = अधिक समय
ignore-double-taps = दोहरे स्पर्श को अनदेखा करें
preferences-done = हो गया

## Welcome
welcome-title = आपका स्वागत है
welcome-prompt = हम आपकी क्या मदद करें?
have-appointment = मेरा अपॉइंटमेंट है
new-here = यह मेरी पहली मुलाकात है
scan-hint = या अपने पत्र का कोड स्कैनर के नीचे रखें।

## Every question
progress = { $steps } में से चरण { $step }
back = पीछे
next = आगे
erase-key = आखिरी अक्षर मिटाएँ
space-key = खाली जगह
layout-key = अक्षर बदलें
type-here = अक्षरों को छुएँ
day = दिन
month = महीना
year = वर्ष
date-hint = दिन, महीना और वर्ष: जैसे 07 11 1950

## Who are you?
identify-date-title = आपका जन्म कब हुआ?
identify-date-with-code-hint = हमने आपका कोड पढ़ लिया है। अब कृपया अपनी जन्म तिथि लिखें।
identify-family-title = आपका कुलनाम (सरनेम) क्या है?
identify-family-hint = जैसा आपके पहचान पत्र में लिखा है।
no-match = इन उत्तरों से आपकी जानकारी नहीं मिली। कृपया दोनों जाँचें और फिर कोशिश करें।
unknown-code = इस कोड का उपयोग नहीं हो सकता। कृपया अपने उत्तर लिखें।

## How to put an answer right
problem-empty = कृपया पहले उत्तर लिखें।
problem-no-letter = नाम में कम से कम एक अक्षर होना चाहिए।
problem-date-incomplete = कृपया दिन और महीने के दो-दो अंक और वर्ष के चार अंक लिखें।
problem-no-such-day = यह दिन कैलेंडर में नहीं है। कृपया दिन और महीना जाँचें।
problem-date-in-the-future = यह तारीख अभी आई नहीं है। कृपया वर्ष जाँचें।
problem-date-too-long-ago = यह वर्ष बहुत पुराना है। कृपया इसे जाँचें।
problem-phone-too-short = यह नंबर बहुत छोटा है। कृपया इसे जाँचें।
problem-phone-too-long = यह नंबर बहुत लंबा है। कृपया इसे जाँचें।
problem-nothing-chosen = कृपया कोई एक उत्तर चुनें।

## Registration
given-name-title = आपका पहला नाम क्या है?
given-name-hint = कुलनाम के बिना पूरा नाम, जैसा पहचान पत्र में है।
family-name-title = आपका कुलनाम (सरनेम) क्या है?
family-name-hint = जैसा आपके पहचान पत्र में लिखा है।
birth-title = आपका जन्म कब हुआ?
sex-title = आपका लिंग क्या है?
sex-hint = जैसा आपके पहचान पत्र में दर्ज है।
sex-female = महिला
sex-male = पुरुष
sex-other = अन्य
sex-unknown = उत्तर नहीं देना है
phone-title = आपका फ़ोन नंबर क्या है?
phone-hint = हम केवल आपके इलाज के बारे में फ़ोन करेंगे।
street-title = आपका पता क्या है?
street-hint = सड़क और मकान नंबर।
town-title = किस शहर में?
town-hint = पिन कोड और शहर।
contact-name-title = आपात स्थिति में हम किसे फ़ोन करें?
contact-name-hint = नाम और कुलनाम।
contact-phone-title = उनका फ़ोन नंबर क्या है?
contact-phone-hint = विदेश का नंबर हो, तो देश के कोड के साथ।
language-title = आपको कौन सी भाषा पसंद है?
language-hint = हम आपसे इसी भाषा में बात करने की कोशिश करेंगे।
reason-title = आज आपके आने का कारण क्या है?
reason-hint = जो सबसे ठीक लगे, कृपया उसे चुनें।
consent-title = क्या हम आपकी दी हुई जानकारी रख सकते हैं?
consent-yes = मैं सहमत हूँ
consent-no = मैं सहमत नहीं हूँ

## Registration: what a clinic may ask besides, and how to put it right
skip = छोड़ें
# $name: the step, such as "About you"; $progress: the text above
progress-of = { $name }: { $progress }
further-family-name-title = क्या आपका कोई और उपनाम है?
previous-family-name-title = क्या पहले आपका उपनाम कुछ और था?
previous-family-name-hint = जैसे शादी से पहले का उपनाम।
email-title = आपका ई-मेल पता क्या है?
email-hint = हम केवल आपकी देखभाल के बारे में लिखते हैं।
postal-code-title = आपका पिन कोड क्या है?
postal-code-hint = जैसा आपके पत्रों पर लिखा है।
region-title = किस राज्य में?
contact-relation-title = यह व्यक्ति आपके कौन हैं?
contact-relation-hint = जैसे माँ, पति या पड़ोसी।
insurer-title = आपकी बीमा कंपनी कौन सी है?
insurer-hint = जैसा आपके कार्ड पर लिखा है।
scheme-number-title = आपका बीमा नंबर क्या है?
scheme-number-hint = जैसा आपके कार्ड पर लिखा है।
# $example: an answer that fits
own-example = उदाहरण: { $example }
problem-phone-unknown = हम यह नंबर नहीं पहचानते। कृपया जाँचें; दूसरे देश का नंबर + और देश के कोड से शुरू होता है।
problem-email = कृपया पूरा पता लिखें, जैसे name@example.org.
# $example: a postal code of the country
problem-postal-code = कृपया पिन कोड भी लिखें: { $example }, उदाहरण के लिए।
problem-number-format = कार्ड पर इस नंबर का रूप अलग है। कृपया कार्ड से मिलाएँ।
problem-check-digit = एक अंक सही नहीं है। कृपया नंबर को कार्ड से मिलाएँ।
problem-own-format = कृपया इसे माँगे गए रूप में लिखें।
problem-too-long = यह बहुत लंबा है। कृपया जाँचें।
## क्लिनिक के अपने फ़ॉर्म
form-step = { $form }: { $steps } में से { $step }
yes = हाँ
no = नहीं
decimal-key = .
form-several-hint = जो लागू हो, सब छुएँ।
form-number-hint = { $least } से { $most } तक।
signature-pad = यहाँ उँगली से हस्ताक्षर करें
signature-name = आपका नाम और उपनाम
signature-clear = मिटाएँ
signature-type = नाम टाइप करें
signature-draw = उँगली से हस्ताक्षर
review-title = क्या सब ठीक है?
review-hint = बदलने के लिए किसी जवाब को छुएँ।
review-none = जवाब नहीं दिया
review-signed = हस्ताक्षर हो गए
review-signed-by = हस्ताक्षर: { $name }
form-problem-too-long = यह बहुत लंबा है। कृपया ज़्यादा से ज़्यादा { $most } अक्षर लिखें।
problem-date-past = यह दिन बीत चुका है। कृपया जाँचें।
problem-date-far-away = यह साल बहुत दूर है। कृपया जाँचें।
problem-no-number = कृपया एक संख्या लिखें।
problem-whole-number = कृपया पूरी संख्या लिखें।
problem-decimals = कृपया दशमलव के बाद ज़्यादा से ज़्यादा { $most } अंक लिखें।
problem-too-small = कृपया संख्या जाँचें: कम से कम { $least } होनी चाहिए।
problem-too-large = कृपया संख्या जाँचें: ज़्यादा से ज़्यादा { $most } होनी चाहिए।
problem-not-signed = कृपया पहले हस्ताक्षर करें या अपना नाम लिखें।
problem-only-a-dot = केवल एक बिंदु दिख रहा है। कृपया फिर से हस्ताक्षर करें।

## Waiting for the kiosk itself
looking-title = कृपया एक पल रुकें
looking-line = आपकी जानकारी खोजी जा रही है।

## Is this you?
confirm-title = क्या यह आप हैं?
confirm-today = आज { $time } बजे
confirm-other-day = { $date }, { $time } बजे
confirm-no-appointment = आज कोई अपॉइंटमेंट नहीं है
thats-me = हाँ, यह मैं हूँ
not-me = नहीं, यह मैं नहीं हूँ

## Appointments
appointments = अपॉइंटमेंट लें, बदलें या रद्द करें
booking-title = आपके अपॉइंटमेंट
booking-hint = बदलने या रद्द करने के लिए किसी एक को छुएँ।
booking-new = नया अपॉइंटमेंट लें
booking-one-title = आप क्या करना चाहते हैं?
booking-move = दूसरा समय चुनें
booking-earlier = पहले का समय खाली हो तो मुझे बताएँ
booking-cancel = इसे रद्द करें
booking-cancel-title = यह अपॉइंटमेंट रद्द करें?
booking-cancel-yes = हाँ, रद्द करें
booking-cancel-no = नहीं, रहने दें
booking-cancelled-title = आपका अपॉइंटमेंट रद्द हो गया
booking-cancelled-line = बताने के लिए धन्यवाद: यह समय अब किसी और को मिल सकता है।
booking-another = दूसरा अपॉइंटमेंट लें
booking-offer-title = यह समय खाली हुआ है। क्या आप इसे चाहेंगे?
booking-offer-yes = हाँ, मुझे चाहिए
booking-offer-no = नहीं, धन्यवाद
booking-service-title = अपॉइंटमेंट किसके लिए है?
booking-clinician-title = आप किससे मिलना चाहेंगे?
booking-anybody = जो सबसे पहले खाली हो
booking-part-title = दिन का कौन सा समय ठीक रहेगा?
booking-first = जितनी जल्दी हो सके: { $date }, { $time }
booking-any-time = कोई भी समय
booking-morning = सुबह
booking-afternoon = दोपहर
booking-evening = शाम
booking-day-title = कौन सा दिन ठीक रहेगा?
booking-time-title = किस समय?
booking-review-title = क्या यह समय ले लें?
booking-walk-in-title = आज का अगला खाली समय यह है। क्या ले लें?
booking-move-title = आपका अपॉइंटमेंट इस समय पर कर दें?
booking-instead-of = { $date }, { $time } के बदले
booking-review-yes = यह समय लें
booking-move-yes = हाँ, बदल दें
booking-review-no = दूसरा समय
booking-taken = यह समय अभी-अभी किसी और ने ले लिया। कृपया दूसरा चुनें।
booking-changed = यह समय अब उपलब्ध नहीं है। कृपया दूसरा चुनें।
booking-none-title = कोई समय खाली नहीं
booking-none-today = आज अब कोई समय खाली नहीं है।
booking-none = अभी यहाँ कोई समय नहीं मिल सकता।
booking-other-days = दूसरे दिन देखें
booking-wait = समय खाली होने पर मुझे बताएँ
booking-waiting-title = आप प्रतीक्षा सूची में हैं
booking-waiting-line = समय खाली होते ही हम आपको बताएँगे। आप यहाँ कभी भी पूछ सकते हैं।
booked-title = आपका अपॉइंटमेंट हो गया
booked-moved-title = आपका अपॉइंटमेंट बदल गया
booked-bring = पर्ची साथ लाएँ: इसके कोड से आपका चेक-इन होगा।
booked-slip-printed = कृपया अपनी पर्ची लें।
booked-slip-not-printed = पर्ची नहीं निकली। दिन और समय लिख लें या कोड की फ़ोटो लें।
booked-check-in-code = चेक-इन
booked-calendar-code = कैलेंडर
booked-check-in = अभी चेक-इन करें
appointment-slip-title = आपका अपॉइंटमेंट
wish-title = आपकी इच्छा लिख ली गई है
wish-line = डेस्क के पुष्टि करने पर यह पक्की होगी। कृपया दोबारा न लें।
## Details on file, and what a document says
details-address-title = क्या आप अब भी यहाँ रहते हैं?
details-phone-title = क्या हम इस नंबर पर अब भी आपसे बात कर सकते हैं?
details-email-title = क्या यह अब भी आपका ई-मेल पता है?
details-contact-title = क्या आपात स्थिति में हम अब भी इन्हें फ़ोन करें?
details-yes = हाँ, यह सही है
details-change = नहीं, बदलना है
document-title = क्या यह सही है?
document-yes = हाँ, यह सही है
document-no = नहीं, मैं लिखूँगा/लिखूँगी
document-unknown-title = हम आपको नहीं ढूँढ पाए
document-unknown-line = अगर आप यहाँ नए हैं, तो अभी पंजीकरण कर सकते हैं। आपका दस्तावेज़ पहले उत्तर भर देता है।
document-unknown-desk = अगर आप पहले यहाँ आ चुके हैं, तो कृपया काउंटर पर जाएँ।
document-register = अभी पंजीकरण करें
one-of-several-codes = इस कार्ड पर कई कोड हैं। कृपया अपने उत्तर लिखें।

## An arrival that cannot be checked in now
early-title = अभी आपका समय नहीं हुआ है
early-appointment = आपका अपॉइंटमेंट { $time } बजे है।
early-opens = चेक-इन { $time } बजे शुरू होगा। कृपया तब इस मशीन पर फिर आएँ।
other-day-title = आपका अपॉइंटमेंट किसी और दिन है
other-day-appointment = { $date }, { $time } बजे
other-day-line = अगर आज ही दिखाना ज़रूरी हो, तो काउंटर पर पूछें।
ask-desk = काउंटर पर पूछें

## An arrival that the clinic's routines answer
other-site-title = आपका अपॉइंटमेंट दूसरी जगह है
other-site-appointment = आपका { $time } बजे का अपॉइंटमेंट यहाँ है: { $name }
missed-line = आपका अपॉइंटमेंट निकल चुका है। डेस्क के लोग आपके साथ दूसरा समय ढूँढेंगे।
balance-line = कृपया पहले डेस्क के लोगों से बात करें।
walk-in-line = आप नंबर लेकर भी इंतज़ार कर सकते हैं, आपको बुलाया जाएगा।
walk-in-take = नंबर लें

## A person is needed
help-title = हम किसी को बुला रहे हैं
help-line = कृपया यहीं रुकें या काउंटर पर जाएँ।
to-desk-title = कृपया काउंटर पर जाएँ
not-identified-line = तीन कोशिशों में आपकी जानकारी नहीं मिली। काउंटर पर आपकी मदद की जाएगी।
several-records-line = किसी कर्मचारी को देखना होगा कि आपका रिकॉर्ड कौन सा है। इसमें बस एक पल लगेगा।
not-that-person-line = काउंटर पर आपका रिकॉर्ड ढूँढा जाएगा।
possible-duplicate-line = आपका पंजीकरण काउंटर पर पूरा किया जाएगा। आपको कुछ भी दोबारा नहीं बताना होगा।
late-line = आपके चेक-इन का समय निकल गया है। आगे क्या करना है, यह काउंटर पर बताया जाएगा।
cancelled-line = आपका आज का अपॉइंटमेंट रद्द कर दिया गया था। काउंटर पर आपको इसके बारे में बताया जाएगा।
changed-line = क्लिनिक को आज { $time } बजे का आपका अपॉइंटमेंट बदलना पड़ा।
changed-now = आपका अपॉइंटमेंट अब है: { $date }, { $time } बजे
changed-desk-line = हमें खेद है कि आपको पहले नहीं बताया जा सका। काउंटर के लोग आपके साथ एक सुविधाजनक समय ढूँढेंगे।
no-appointment-line = आज के लिए आपका कोई अपॉइंटमेंट नहीं मिला। काउंटर पर आपकी मदद की जाएगी।
no-consent-line = आपकी दी हुई कोई जानकारी नहीं रखी गई। काउंटर पर आपकी मदद की जाएगी।
closed-title = यह मशीन बंद है
closed-way = कृपया काउंटर पर जाएँ। वहाँ आपकी मदद की जाएगी।
fault-title = इस मशीन में कोई समस्या है
fault-line = कुछ भी खोया नहीं है। कृपया फिर कोशिश करें या काउंटर पर जाएँ।
request-raising = काउंटर को बताया जा रहा है …
request-kept = काउंटर से अभी संपर्क नहीं हुआ है। आपका अनुरोध सुरक्षित है और अपने आप पहुँच जाएगा। कृपया काउंटर पर जाएँ।
request-not-kept = काउंटर को बताया नहीं जा सका। कृपया वहाँ जाएँ।
request-delivered = आपका अनुरोध काउंटर को मिल गया है।
go-on = यहीं जारी रखें
try-again = फिर कोशिश करें
finish = समाप्त करें

## Start over?
start-over-title = फिर से शुरू करें?
start-over-line = आपने जो भी लिखा है, वह सब मिट जाएगा।
start-over-yes = हाँ, फिर से शुरू करें
start-over-no = नहीं, जारी रखें

## Done
done-title = आपका चेक-इन हो गया है
done-before-title = आपका चेक-इन पहले ही हो चुका है
your-number = आपका नंबर
wait-none = आपको थोड़ी ही देर में बुलाया जाएगा।
# "मिनट" has the same form for one and for many.
wait-less = { $minutes ->
    [one] आपको शायद { $minutes } मिनट से कम में बुलाया जाएगा।
   *[other] आपको शायद { $minutes } मिनट से कम में बुलाया जाएगा।
}
wait = { $until ->
    [one] आपको शायद { $from } से { $until } मिनट में बुलाया जाएगा।
   *[other] आपको शायद { $from } से { $until } मिनट में बुलाया जाएगा।
}
wait-hours = आपको शायद { $from } से { $until } घंटे में बुलाया जाएगा।
come-back = { $time } बजे तक न बुलाया जाए, तो कृपया काउंटर पर आएँ।
paper-reserved = आपका टिकट छप रहा है।
paper-printed = आपका टिकट छप गया है। कृपया ले लें।
paper-not-printed = कागज़ नहीं निकला। कृपया अपना नंबर याद रखें या उसकी फ़ोटो ले लें।
paper-not-known = अगर कागज़ न निकला हो, तो कृपया अपना नंबर याद रखें या उसकी फ़ोटो ले लें।
print-again = मेरा टिकट फिर से छापें
write-down = लिख लेने के लिए
ticket-code = आपके टिकट का कोड

## Paying
pay-bill = बिल भरें
pay-title = देय राशि
pay-total = कुल मिलाकर
pay-balance = पहले का बकाया
pay-by-card = कार्ड से भुगतान करें
pay-by-code = अपने फ़ोन पर कोड से भुगतान करें
pay-at-desk = डेस्क पर भुगतान करें
pay-later = बाद में भुगतान करें: मुलाक़ात इस पर नहीं रुकती
pay-not-now = अभी नहीं
pay-no-way = इसका भुगतान यहाँ नहीं हो सकता। कृपया डेस्क पर भुगतान करें।
pay-other-currency = किसी और मुद्रा में भी कुछ देय है। कृपया उसका भुगतान डेस्क पर करें।
pay-nothing-title = कुछ भी देय नहीं है
pay-nothing-line = आपको अभी कुछ नहीं देना है।
pay-in-doubt-title = एक भुगतान का नतीजा अभी साफ़ नहीं है
pay-in-doubt-line = दोबारा भुगतान न करें। डेस्क पता करके आपको बताएगा।
pay-card-preparing = एक क्षण: मशीन तैयार हो रही है।
pay-card-present = कृपया अपना कार्ड मशीन पर दिखाएँ या उसमें डालें।
pay-card-at-work = कृपया प्रतीक्षा करें: मशीन काम कर रही है।
pay-card-says = मशीन पर लिखा है:
pay-stop = रोकें
pay-stopping = रोका जा रहा है …
pay-code-preparing = एक क्षण: आपका कोड बन रहा है
pay-code-label = इस कोड को अपने बैंक के ऐप से स्कैन करें और वहीं भुगतान करें।
pay-code-reference = संदर्भ: { $code }
pay-code-paid = मैंने भुगतान कर दिया है
pay-other-way = दूसरे तरीके से भुगतान करें
pay-code-waiting = पुष्टि की प्रतीक्षा है …
pay-code-waiting-line = इसमें कुछ मिनट लग सकते हैं। कृपया दोबारा भुगतान न करें।
pay-code-leave = मैं रुक नहीं सकता/सकती
pay-at-desk-title = कृपया डेस्क पर भुगतान करें
pay-at-desk-line = वहाँ अपना नाम बताएँ। मुलाक़ात से पहले भुगतान ज़रूरी नहीं है।
# The three words: charged, not charged, not known yet.
pay-charged = राशि कट गई: { $amount }
pay-not-charged = राशि नहीं कटी
pay-not-known = अभी पता नहीं: दोबारा भुगतान न करें
pay-not-known-card = डेस्क मशीन से पता करेगा कि राशि कटी या नहीं, और आपको बताएगा।
pay-not-known-code = डेस्क बैंक से पता करेगा कि भुगतान हुआ या नहीं, और आपको बताएगा।
pay-why-declined = कार्ड अस्वीकार हो गया। कृपया अपने बैंक से पूछें या दूसरे तरीके से भुगतान करें।
pay-why-cancelled = भुगतान रोक दिया गया। आप फिर कोशिश कर सकते हैं या डेस्क पर भुगतान कर सकते हैं।
pay-why-timed-out = समय पर कोई कार्ड नहीं दिखाया गया। आप फिर कोशिश कर सकते हैं या डेस्क पर भुगतान कर सकते हैं।
pay-why-unreadable = कार्ड पढ़ा नहीं जा सका। कृपया फिर कोशिश करें या डेस्क पर भुगतान करें।
pay-why-terminal = मशीन अभी काम में नहीं ली जा सकती। कृपया डेस्क पर भुगतान करें।
pay-why-code = कोड से भुगतान नहीं हो सका। कृपया फिर कोशिश करें या डेस्क पर भुगतान करें।
pay-why-not-due = इसका भुगतान हो चुका है या कहीं और हो रहा है। शंका हो तो डेस्क पर पूछें।
pay-why-known-now = अब पता है: कोई राशि नहीं कटी। आप फिर कोशिश कर सकते हैं या डेस्क पर भुगतान कर सकते हैं।
pay-receipt-reserved = आपकी रसीद छप रही है।
pay-receipt-printed = कृपया अपनी रसीद लें।
pay-receipt-not-printed = आपकी रसीद छप नहीं सकी। वह डेस्क के पास है।
pay-receipt-not-known = रसीद न निकली हो तो: वह डेस्क के पास है।
pay-receipt-desk = आपकी रसीद डेस्क के पास है।
pay-doubt-reserved = यह बताने वाला काग़ज़ छप रहा है।
pay-doubt-printed = कृपया वह काग़ज़ लें जो यह बताता है।
pay-ticket-stays = आपका टिकट { $number } मान्य रहता है।
pay-back-to-ticket = मेरे टिकट पर वापस
done-owed = भुगतान अभी करें या बाद में: मुलाक़ात नहीं रुकेगी।
done-in-doubt = दोबारा भुगतान न करें: एक भुगतान अभी साफ़ नहीं है।
done-pay = { $amount } अभी दें

## Families, and acting for another
another-person = परिवार के किसी और को चेक-इन करें
family-also = इनका भी चेक-इन करें: { $names }
family-all = हम सबका चेक-इन करें
family-title = आप सबका चेक-इन हो गया है
family-ticket = { $name }: { $number }, { $begin } और { $end } बजे के बीच बुलाया जाएगा
family-paper-reserved = आपके टिकट छप रहे हैं।
family-paper-printed = आपके टिकट छप गए हैं। कृपया सभी ले लें।
family-paper-missing = अगर कोई टिकट नहीं निकला: कृपया उसका नंबर याद रखें या फ़ोटो ले लें।
acting-here-title = क्या आप ख़ुद भी यहाँ मरीज़ हैं?
acting-here-hint = तब आपको अपना नाम और फ़ोन नंबर नहीं लिखना होगा।
acting-here-yes = हाँ, मैं यहाँ मरीज़ हूँ
acting-here-no = नहीं
acting-name-title = आपका अपना नाम क्या है?
acting-name-hint = नाम और उपनाम: आपका अपना, मरीज़ का नहीं।
acting-phone-title = आपका फ़ोन नंबर क्या है?
acting-phone-hint = हम मरीज़ के बारे में आपसे बात कर सकेंगे।
acting-date-title = आपका अपना जन्म कब हुआ था?
acting-family-title = आपका अपना उपनाम क्या है?
acting-confirm-line = आज आप किसी और की ओर से काम कर रहे हैं।
acting-consent-title = क्या आप सहमत हैं?
patient-date-title = मरीज़ का जन्म कब हुआ था?
patient-family-title = मरीज़ का उपनाम क्या है?
confirm-patient-title = क्या यही मरीज़ हैं?
thats-the-patient = हाँ, यही मरीज़ हैं
not-the-patient = नहीं, यह कोई और है

## Nobody seems to be there
warning-title = क्या आप अभी भी यहाँ हैं?
# "सेकंड" too has one form for all numbers.
seconds-left = { $seconds } सेकंड बाकी, फिर सब मिटा दिया जाएगा
still-here = मैं यहीं हूँ

## The printed ticket
ticket-copy = प्रति
ticket-appointment = अपॉइंटमेंट { $time } बजे
ticket-expected = बुलावा { $begin } और { $end } बजे के बीच
ticket-issued = { $date }, { $time }

## The printed receipt of a payment
receipt-charged = राशि कट गई
receipt-not-charged = राशि नहीं कटी
receipt-not-known = अभी पता नहीं: दोबारा भुगतान न करें
receipt-not-known-line = डेस्क पता करेगा कि राशि कटी या नहीं, और आपको बताएगा। कृपया यह काग़ज़ सँभालकर रखें।
receipt-by-card = कार्ड से
receipt-by-code = फ़ोन पर कोड से
receipt-at-desk = डेस्क पर
receipt-payment = भुगतान:
receipt-terminal = मशीन: { $code }
receipt-number = रसीद संख्या: { $number }
receipt-authorisation = स्वीकृति संख्या: { $code }
receipt-card = कार्ड: { $code }
receipt-of-terminal = मशीन की रसीद

## What do you need?
need-title = हम आपकी क्या मदद करें?
call-person = किसी को बुलाएँ
need-prompt = या बताएँ कि बात क्या है:
my-case = मेरे पास केस नंबर वाली पर्ची है
words-optional = जो हमें जानना चाहिए वह लिख सकते हैं। ज़रूरी नहीं है।
words-required = अपने शब्दों में लिखें, किसी भी भाषा में।
problem-no-words = कृपया पहले कुछ शब्द लिखें।
send = भेजें
for-somebody-else = मैं किसी और के लिए आया/आई हूँ
here-for = आप इनके लिए आए हैं: { $name }
here-for-title = आप किसके लिए आए हैं?
here-for-hint = जो सही हो उसे छुएँ। कुछ काम केवल मरीज़ कर सकता है; उनमें डेस्क के लोग मदद करेंगे।
not-allowed-line = डेस्क के लोग यह आपके और मरीज़ के साथ करेंगे।
request-resolved = यह मामला सुलझ गया है।

## An emergency
emergency-calling = डेस्क को बुलाया जा रहा है …
emergency-delivered = डेस्क को बुला लिया गया है। कोई आ रहा है।
emergency-not-delivered = डेस्क ने जवाब नहीं दिया। अभी ज़ोर से मदद के लिए पुकारें।
emergency-over = कोई आ गया है

## Speaking with the desk
message-waits = डेस्क ने आपको लिखा है
message-read = पढ़ें
talk-title = आप और डेस्क
message-not-kept = आपका संदेश नहीं भेजा जा सका। कृपया डेस्क पर बताएँ।
talk-none = अभी कोई संदेश नहीं है। डेस्क जो लिखेगा वह यहाँ दिखेगा।
talk-write = जवाब लिखें
talk-close = बंद करें
said-by = { $name }, { $time }
said-by-you = आप, { $time }
reply-title = आप क्या कहना चाहते हैं?
reply-hint = अपने शब्दों में लिखें, किसी भी भाषा में।

## Cases
case-title = आपका केस { $number }
case-code = कोड: { $code }
case-answer-by = हमारा जवाब { $date } तक मिल जाएगा।
slip-reserved = आपकी पर्ची छप रही है।
slip-printed = अपनी पर्ची लें: इससे आप यहाँ कभी भी देख सकते हैं कि बात कहाँ तक पहुँची।
slip-not-printed = पर्ची नहीं निकली। नंबर और कोड लिख लें या फ़ोटो लें: इनसे आपका केस खुलता है।
case-taken = { $name } इसे देख रहे हैं।
case-overdue = हमारे जवाब में देर हो गई है। प्रबंधन को बता दिया गया है।
case-number-title = आपका केस नंबर क्या है?
case-number-hint = केवल अंक, जैसे पर्ची पर लिखे हैं।
case-code-title = पर्ची पर कोड क्या है?
case-code-hint = छह अंक।
case-no-match = इन अंकों का कोई केस नहीं मिला। कृपया दोनों जाँचें।

## Practice
practice = अभ्यास: यहाँ कुछ भी असली नहीं है

## The printed slip of a case
slip-title = आपका केस
slip-received = मिला: { $date }, { $time }
slip-subject = विषय: { $subject }
slip-to = जाता है: { $name }
slip-code = कोड: { $code }
slip-taken-up-by = { $date } तक हम बताएँगे कि इसे कौन देख रहा है।
slip-how = यह पर्ची किसी भी कियोस्क पर दिखाकर देखें कि बात कहाँ तक पहुँची। सँभालकर रखें: इससे आपका केस खुलता है।

## The display of the waiting room
display-title = प्रतीक्षा कक्ष
display-go-to = कृपया यहाँ जाएँ
display-idle = आपका नंबर यहाँ दिखेगा
display-last-calls = पहले बुलाए गए
display-spoken = नंबर { $number }। कृपया { $place } में जाएँ।
display-late = { $minutes ->
    [one] { $service }: लगभग { $minutes } मिनट की देरी चल रही है
   *[other] { $service }: लगभग { $minutes } मिनट की देरी चल रही है
}
display-wait = { $until ->
    [one] { $service }: { $from } से { $until } मिनट की प्रतीक्षा
   *[other] { $service }: { $from } से { $until } मिनट की प्रतीक्षा
}
display-wait-less = { $minutes ->
    [one] { $service }: { $minutes } मिनट से कम की प्रतीक्षा
   *[other] { $service }: { $minutes } मिनट से कम की प्रतीक्षा
}
display-wait-hours = { $service }: { $from } से { $until } घंटे की प्रतीक्षा
display-lost = { $time } बजे के बाद की जानकारी नहीं आई है। कृपया पुकार पर ध्यान दें या डेस्क पर पूछें।
display-sound = आवाज़ चालू करने के लिए यहाँ छुएँ

## Days, for chrono's format_localized
date-pattern = %A, %-d %B
date-pattern-short = %a, %-d %b
whole-date-pattern = %-d %B %Y

## The voice
voice-how-to-move = आगे-पीछे जाने के लिए तीर वाली कुंजियाँ और चुनने के लिए गोल कुंजी दबाएँ।
voice-how-to-hear = सहायता कुंजी सब कुछ फिर से सुनाती है; दो बार दबाने पर मदद बुलाती है। आवाज़ वाली कुंजी से आवाज़ धीमी या तेज़ होती है, गति वाली कुंजी से बोलने की गति बदलती है।
voice-any-key = जारी रखने के लिए कोई भी कुंजी दबाएँ।
voice-choices = { $steps ->
    [one] { $steps } विकल्प।
   *[other] { $steps } विकल्प।
}
voice-sign = कुंजियों से, "{ $name }" चुनें।
voice-entered = आपने भरा है: { $name }।
voice-character = अक्षर
voice-erased = मिटाया गया
voice-scroll-up = ऊपर का दिखाएँ
voice-scroll-down = नीचे का दिखाएँ
voice-shift = बड़ा अक्षर
voice-chosen = चुना हुआ
voice-not-chosen = नहीं चुना
voice-button = बटन
voice-position = { $steps } में से { $step }
voice-volume = आवाज़ { $steps } में से { $step }
voice-speed = गति { $steps } में से { $step }
