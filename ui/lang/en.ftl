# Every text that patients read, in English. Each other language has the same keys; a test holds them
# against this file. Plain words, short sentences, "you"; no text promises what the kiosk cannot know.

## The language itself
# Its own name, as its speakers look for it; left-to-right or right-to-left; its script by ISO 15924; the POSIX locale
# that names its days and months.
language-name = English
language-direction = left-to-right
language-script = Latn
language-locale = en_GB
# An amount, with a sign that everybody knows ($sign is €) or with a code ($sign is CHF); no line may end in it.
money = { $sign }{ $figures }
money-with-code = { $sign } { $figures }
# How a voice says the letters A to Z and the figures 0 to 9 of a ticket's number.
spoken-letters = ay | bee | see | dee | ee | eff | jee | aitch | eye | jay | kay | ell | em | en | oh | pee | cue | are | ess | tee | you | vee | double you | ex | why | zed
spoken-figures = zero | one | two | three | four | five | six | seven | eight | nine
# The keyboard: a line is a row, a word is a key. Before the last row of letters that have capitals stands the shift
# key, which takes the room of two.
keyboard-name = ABC
keyboard-letters =
    1 2 3 4 5 6 7 8 9 0
    q w e r t y u i o p
    a s d f g h j k l '
    z x c v b n m -
keyboard-signs =
    1 2 3 4 5 6 7 8 9 0
    {"."} , - ' / @ ? ! # &
    à á â ã ä å æ ç è é
    ê ë ì í î ï ñ ò

## The frame
need-help = I need help
start-over = Start over
# $name: whoever at the desk took the request
on-the-way = { $name } is on the way to you

## How the screen shall be
# Said of a button that has only a sign
preferences = Text size, contrast and language
preferences-title = What would help you?
text-size = Text size
text-normal = Normal
text-large = Large
text-largest = Largest
high-contrast = High contrast
within-reach = Buttons lower down
no-motion = No motion
more-time = More time
ignore-double-taps = Ignore double taps
preferences-done = Done

## Welcome
welcome-title = Welcome
welcome-prompt = What would you like to do?
have-appointment = I have an appointment
new-here = I am new here
scan-hint = Or hold the code of your letter under the scanner.

## Every question
progress = Step { $step } of { $steps }
back = Back
next = Next
erase-key = Erase the last character
space-key = Space
layout-key = Change the letters
type-here = Touch the letters
day = Day
month = Month
year = Year
# The figures stand in the middle, so that no line ends among them.
date-hint = Day, month and year: 07 11 1950, for example.

## Who are you?
identify-date-title = When were you born?
identify-date-with-code-hint = We have read your code. Now please give your date of birth.
identify-family-title = What is your family name?
identify-family-hint = As it is written in your papers.
no-match = We could not find you with these answers. Please check both of them and try again.
unknown-code = We cannot use this code. Please type your answers instead.

## How to put an answer right
problem-empty = Please type an answer first.
problem-no-letter = A name needs at least one letter.
problem-date-incomplete = Please type two figures for the day, two for the month and four for the year.
problem-no-such-day = This day is not in the calendar. Please check day and month.
problem-date-in-the-future = This day is still to come. Please check the year.
problem-date-too-long-ago = This year is too long ago. Please check it.
problem-phone-too-short = This number is too short. Please check it.
problem-phone-too-long = This number is too long. Please check it.
problem-nothing-chosen = Please choose one of the answers.

## Registration
given-name-title = What is your given name?
given-name-hint = All given names, as in your papers.
family-name-title = What is your family name?
family-name-hint = As it is written in your papers.
birth-title = When were you born?
sex-title = What is your sex?
sex-hint = As it is entered in your papers.
sex-female = Female
sex-male = Male
sex-other = Other
sex-unknown = I would rather not say
phone-title = What is your telephone number?
phone-hint = We only call about your care.
street-title = Where do you live?
street-hint = Street and house number.
town-title = In which town?
town-hint = Postal code and town.
contact-name-title = Whom may we call in an emergency?
contact-name-hint = Given name and family name.
contact-phone-title = What is their telephone number?
contact-phone-hint = With the country code if it is abroad.
language-title = Which language do you prefer?
language-hint = We will try to speak to you in this language.
reason-title = What brings you here today?
reason-hint = Choose what fits best.
consent-title = May we keep what you have entered?
consent-yes = I agree
consent-no = I do not agree

## Registration: what a clinic may ask besides, and how to put it right
skip = Skip
# $name: the step, such as "About you"; $progress: the text above
progress-of = { $name }: { $progress }
further-family-name-title = Do you have a further family name?
previous-family-name-title = Did you have another family name before?
previous-family-name-hint = For example the one before you married.
email-title = What is your e‑mail address?
email-hint = We only write about your care.
postal-code-title = What is your postal code?
postal-code-hint = As it stands on your letters.
region-title = In which region?
contact-relation-title = Who is this person to you?
contact-relation-hint = Mother, husband or neighbour, for example.
insurer-title = Who is your insurer?
insurer-hint = As it stands on your card.
scheme-number-title = What is your insurance number?
scheme-number-hint = As it stands on your card.
# $example: an answer that fits
own-example = For example: { $example }
problem-phone-unknown = We do not know this number. Please check it; from abroad it begins with + and the country code.
problem-email = Please write the whole address, like name@example.org.
# $example: a postal code of the country
problem-postal-code = Please write a postal code as well: { $example }, for example.
problem-number-format = This number has another form on the card. Please compare it with the card.
problem-check-digit = One figure is not right. Please compare the number with the card.
problem-own-format = Please write it in the form that is asked for.
problem-too-long = This is too long. Please check it.
## The clinic's own forms
# $form: the title of the form
form-step = { $form }: { $step } of { $steps }
yes = Yes
no = No
decimal-key = .
form-several-hint = Touch all that apply.
form-number-hint = From { $least } to { $most }.
signature-pad = Sign here with your finger
signature-name = Your given name and family name
signature-clear = Clear
signature-type = Type my name
signature-draw = Sign by finger
review-title = Is everything right?
review-hint = Touch an answer to change it.
review-none = Not answered
review-signed = Signed
review-signed-by = Signed: { $name }
form-problem-too-long = This is too long. Please write at most { $most } characters.
problem-date-past = This day is past. Please check it.
problem-date-far-away = This year is too far away. Please check it.
problem-no-number = Please type a number.
problem-whole-number = Please type a whole number.
problem-decimals = Please type at most { $most } figures behind the point.
problem-too-small = Please check the number: it is { $least } at least.
problem-too-large = Please check the number: it is { $most } at most.
problem-not-signed = Please sign first, or type your name.
problem-only-a-dot = We see only a dot. Please sign once more.

## Waiting for the kiosk itself
looking-title = One moment, please
looking-line = Your answers are being looked up.

## Is this you?
confirm-title = Is this you?
confirm-today = Today at { $time }
confirm-other-day = { $date } at { $time }
confirm-no-appointment = No appointment today
thats-me = Yes, that's me
not-me = No, that's not me

## Appointments
appointments = Book, move or cancel
booking-title = Your appointments
booking-hint = Touch one to move or cancel it.
booking-new = Book a new appointment
booking-one-title = What would you like to do?
booking-move = Choose another time
booking-earlier = Tell me if an earlier time gets free
booking-cancel = Cancel it
booking-cancel-title = Cancel this appointment?
booking-cancel-yes = Yes, cancel it
booking-cancel-no = No, keep it
booking-cancelled-title = Your appointment is cancelled
booking-cancelled-line = Thank you for telling us: somebody else can have this time now.
booking-another = Book another one
booking-offer-title = This time has become free. Would you like it?
booking-offer-yes = Yes, I take it
booking-offer-no = No, thank you
booking-service-title = What is the appointment for?
booking-clinician-title = Whom would you like to see?
booking-anybody = Whoever is free first
booking-part-title = What time of day suits you?
booking-first = As soon as possible: { $date }, { $time }
booking-any-time = Any time of day
booking-morning = Morning
booking-afternoon = Afternoon
booking-evening = Evening
booking-day-title = Which day suits you?
booking-time-title = Which time?
booking-review-title = Shall we book this time?
booking-walk-in-title = This is the next free time today. Shall we book it?
booking-move-title = Move your appointment to this time?
booking-instead-of = Instead of { $date }, { $time }
booking-review-yes = Book this time
booking-move-yes = Yes, move it
booking-review-no = Another time
booking-taken = Somebody else has just taken this time. Please choose another one.
booking-changed = This time is no longer offered. Please choose another one.
booking-none-title = No free time
booking-none-today = Nothing is free today any more.
booking-none = No time can be booked here at the moment.
booking-other-days = Look at other days
booking-wait = Tell me when a time gets free
booking-waiting-title = You are on the waiting list
booking-waiting-line = When a time gets free, we tell you. You can also ask here at any time.
booked-title = Your appointment is booked
booked-moved-title = Your appointment is moved
booked-bring = Bring your slip with you: its code checks you in.
booked-slip-printed = Please take your slip.
booked-slip-not-printed = No slip came out. Please note day and time, or take a photo of the codes.
booked-check-in-code = Check-in
booked-calendar-code = Calendar
booked-check-in = Check in now
appointment-slip-title = Your appointment
wish-title = Your wish is written down
wish-line = It counts when the desk has confirmed it. Please do not book it again.
## Details on file, and what a document says
details-address-title = Do you still live here?
details-phone-title = Can we still reach you on this number?
details-email-title = Is this still your e‑mail address?
details-contact-title = Do we still call this person in an emergency?
details-yes = Yes, that is right
details-change = No, change it
document-title = Is this right?
document-yes = Yes, that is right
document-no = No, I will type it
document-unknown-title = We could not find you
document-unknown-line = If you are new here, you can register now. Your document fills in the first answers.
document-unknown-desk = If you have been here before, please go to the desk.
document-register = Register now
one-of-several-codes = This card has several codes. Please type your answers instead.

## An arrival that cannot be checked in now
early-title = You are early
early-appointment = Your appointment is at { $time }.
early-opens = Check-in opens at { $time }. Please come back to this kiosk then.
other-day-title = Your appointment is on another day
other-day-appointment = { $date } at { $time }
other-day-line = If you need to be seen today, ask the desk.
ask-desk = Ask the desk

## An arrival that the clinic's routines answer
other-site-title = Your appointment is at another place
other-site-appointment = Your appointment at { $time } is at: { $name }
missed-line = Your appointment has passed. The people at the desk will find another time with you.
balance-line = Please speak with the people at the desk first.
walk-in-line = You can also take a number and wait until you are called.
walk-in-take = Take a number

## A person is needed
help-title = We are calling somebody
help-line = Please wait here, or go to the desk.
to-desk-title = Please go to the desk
not-identified-line = We could not find you in three tries. The people at the desk will help you.
several-records-line = A person must look which record is yours. This takes only a moment.
not-that-person-line = The people at the desk will find your record.
possible-duplicate-line = The people at the desk will finish your registration. You need not answer anything again.
late-line = Check-in for your appointment has closed. The people at the desk will tell you how to go on.
cancelled-line = Your appointment today was cancelled. The people at the desk will explain it to you.
changed-line = The clinic had to change your appointment of { $time } today.
changed-now = Your appointment is now: { $date } at { $time }
changed-desk-line = We are sorry that nobody could tell you before. The people at the desk will find a good time with you.
no-appointment-line = We have no appointment for you today. The people at the desk will help you.
no-consent-line = Nothing you have entered was kept. The people at the desk will help you.
closed-title = This kiosk is closed
closed-way = Please go to the desk. You will be helped there.
fault-title = This kiosk has a problem
fault-line = Nothing was lost. Please try again, or go to the desk.
request-raising = Telling the desk …
request-kept = The desk has not been reached yet. Your request is kept and will be delivered by itself. Please go to the desk.
request-not-kept = We could not tell the desk. Please go there.
request-delivered = The desk has your request.
go-on = Go on here
try-again = Try again
finish = Finish

## Start over?
start-over-title = Start over?
start-over-line = Everything you have typed will be cleared.
start-over-yes = Yes, start over
start-over-no = No, go on

## Done
done-title = You are checked in
done-before-title = You are checked in already
your-number = Your number
wait-none = You will be called in a moment.
wait-less = { $minutes ->
    [one] You will probably be called in less than { $minutes } minute.
   *[other] You will probably be called in less than { $minutes } minutes.
}
wait = { $until ->
    [one] You will probably be called in { $from } to { $until } minute.
   *[other] You will probably be called in { $from } to { $until } minutes.
}
wait-hours = You will probably be called in { $from } to { $until } hours.
come-back = Not called by { $time }? Please come to the desk.
paper-reserved = Your ticket is being printed.
paper-printed = Your ticket is printed. Please take it.
paper-not-printed = No paper came out. Please remember your number, or take a photo.
paper-not-known = If no paper came out: please remember your number, or take a photo.
print-again = Print my ticket again
# For whoever got no paper: the number, where to sit and when, as plain text.
write-down = Text to write down
ticket-code = Code of your ticket

## Paying
pay-bill = Pay a bill
pay-title = What is due
pay-total = All together
pay-balance = Balance from before
pay-by-card = Pay by card
pay-by-code = Pay with a code on your phone
pay-at-desk = Pay at the desk
pay-later = Pay later: your visit does not wait for it
pay-not-now = Not now
pay-no-way = This cannot be paid here. Please pay at the desk.
pay-other-currency = Something else is due in another currency. Please pay that at the desk.
pay-nothing-title = Nothing is due
pay-nothing-line = You need not pay anything now.
pay-in-doubt-title = A payment is not settled yet
pay-in-doubt-line = Do not pay again. The desk finds out what became of it, and tells you.
pay-card-preparing = One moment: the terminal is getting ready.
pay-card-present = Please present your card at the terminal.
pay-card-at-work = Please wait: the terminal is at work.
pay-card-says = The terminal says:
pay-stop = Stop
pay-stopping = Stopping …
pay-code-preparing = One moment: your code is being made
pay-code-label = Scan this code with your bank's app, and pay there.
pay-code-reference = Reference: { $code }
pay-code-paid = I have paid
pay-other-way = Pay another way
pay-code-waiting = Waiting for the confirmation …
pay-code-waiting-line = This can take a few minutes. Please do not pay again.
pay-code-leave = I cannot wait
pay-at-desk-title = Please pay at the desk
pay-at-desk-line = Say your name there. Nobody need pay before the visit.
# The three words: charged, not charged, not known yet.
pay-charged = Charged: { $amount }
pay-not-charged = Not charged
pay-not-known = Not known yet: do not pay again
pay-not-known-card = The desk finds out from the terminal whether it was charged, and tells you.
pay-not-known-code = The desk finds out from the bank whether it was paid, and tells you.
pay-why-declined = The card was declined. Please ask your bank, or pay in another way.
pay-why-cancelled = The payment was stopped. You can try again, or pay at the desk.
pay-why-timed-out = No card was presented in time. You can try again, or pay at the desk.
pay-why-unreadable = The card could not be read. Please try again, or pay at the desk.
pay-why-terminal = The terminal cannot be used now. Please pay at the desk.
pay-why-code = Paying by code was not possible. Please try again, or pay at the desk.
pay-why-not-due = It is paid already, or is being paid elsewhere. Please ask at the desk if in doubt.
pay-why-known-now = It is known now: nothing was charged. You can try again, or pay at the desk.
pay-receipt-reserved = Your receipt is being printed.
pay-receipt-printed = Please take your receipt.
pay-receipt-not-printed = Your receipt could not be printed. The desk has it.
pay-receipt-not-known = If no receipt came out: the desk has it.
pay-receipt-desk = The desk has your receipt.
pay-doubt-reserved = A paper that says this is being printed.
pay-doubt-printed = Please take the paper that says this.
pay-ticket-stays = Your ticket { $number } stays valid.
pay-back-to-ticket = Back to my ticket
done-owed = Pay now or later: your visit does not wait for it.
done-in-doubt = Do not pay again: a payment is not settled yet.
done-pay = Pay { $amount } now

## Families, and acting for another
another-person = Check in another person of the family
family-also = Also check in: { $names }
family-all = Check us all in
family-title = You are all checked in
family-ticket = { $name }: { $number }, called between { $begin } and { $end }
family-paper-reserved = Your tickets are being printed.
family-paper-printed = Your tickets are printed. Please take all of them.
family-paper-missing = If a ticket did not come out: please remember its number, or take a photo.
acting-here-title = Are you a patient here yourself?
acting-here-hint = Then you need not type your name and telephone number.
acting-here-yes = Yes, I am a patient here
acting-here-no = No
acting-name-title = What is your own name?
acting-name-hint = Given name and family name: yours, not the patient's.
acting-phone-title = What is your telephone number?
acting-phone-hint = We can reach you about the patient.
acting-date-title = When were you yourself born?
acting-family-title = What is your own family name?
acting-confirm-line = You act for somebody else today.
acting-consent-title = Do you agree?
patient-date-title = When was the patient born?
patient-family-title = What is the patient's family name?
confirm-patient-title = Is this the patient?
thats-the-patient = Yes, this is the patient
not-the-patient = No, this is somebody else

## Nobody seems to be there
warning-title = Are you still there?
seconds-left = { $seconds ->
    [one] { $seconds } second left, then everything is cleared
   *[other] { $seconds } seconds left, then everything is cleared
}
still-here = I am still here

## The printed ticket
ticket-copy = COPY
ticket-appointment = Appointment at { $time }
ticket-expected = Called between { $begin } and { $end }
ticket-issued = { $date }, { $time }

## The printed receipt of a payment
receipt-charged = CHARGED
receipt-not-charged = NOT CHARGED
receipt-not-known = NOT KNOWN YET: DO NOT PAY AGAIN
receipt-not-known-line = The desk finds out whether this was charged, and tells you. Please keep this paper.
receipt-by-card = By card
receipt-by-code = By a code on the phone
receipt-at-desk = At the desk
receipt-payment = Payment:
receipt-terminal = Terminal: { $code }
receipt-number = Receipt number: { $number }
receipt-authorisation = Authorisation: { $code }
receipt-card = Card: { $code }
receipt-of-terminal = Receipt of the terminal

## What do you need?
need-title = How can we help?
call-person = Call a person
need-prompt = Or tell us what it is about:
my-case = I have a slip with a case number
words-optional = You can write what we should know. You need not.
words-required = Write it in your own words, in any language.
problem-no-words = Please write a few words first.
send = Send
for-somebody-else = I am here for somebody else
here-for = You are here for: { $name }
here-for-title = Who are you here for?
here-for-hint = Touch what fits. Some things only the patient can do; the people at the desk help with those.
not-allowed-line = The people at the desk will do this with you and the patient.
request-resolved = This is settled.

## An emergency
emergency-calling = Calling the desk …
emergency-delivered = The desk has been called. Somebody is coming.
emergency-not-delivered = The desk has not answered. Call out loud for help now.
emergency-over = Somebody is here

## Speaking with the desk
message-waits = The desk has written to you
message-read = Read it
talk-title = You and the desk
message-not-kept = Your message could not be sent. Please say it at the desk.
talk-none = Nothing was said yet. What the desk writes appears here.
talk-write = Write an answer
talk-close = Close
said-by = { $name }, { $time }
said-by-you = You, { $time }
reply-title = What would you like to say?
reply-hint = Write it in your own words, in any language.

## Cases
case-title = Your case { $number }
case-code = Code: { $code }
case-answer-by = You have our answer by { $date }.
slip-reserved = Your slip is being printed.
slip-printed = Take your slip: with it you can see here at any time how far it is.
slip-not-printed = No slip came out. Please note number and code, or take a photo: they open your case.
case-taken = { $name } is looking into it.
case-overdue = Our answer is late. This was reported to the management.
case-number-title = What is your case number?
case-number-hint = Only the figures, as they stand on your slip.
case-code-title = What is the code on your slip?
case-code-hint = Six figures.
case-no-match = We could not find a case with these figures. Please check both of them.

## Practice
practice = PRACTICE: nothing here is real

## The printed slip of a case
slip-title = Your case
slip-received = Received: { $date }, { $time }
slip-subject = About: { $subject }
slip-to = Goes to: { $name }
slip-code = Code: { $code }
slip-taken-up-by = We confirm by { $date } who takes it up.
slip-how = Show this slip at any kiosk to see how far it is. Keep it: it opens your case.

## The display of the waiting room
display-title = Waiting room
# Stands above the place, beside the number.
display-go-to = Please go to
# Stands while nobody was called yet.
display-idle = Your number will be called here
display-last-calls = Called before
# Is spoken. $number: spelled for a voice; $place: as the clinic calls it, such as "Room 1"
display-spoken = Ticket { $number }. Please go to { $place }.
display-late = { $minutes ->
    [one] { $service } runs about { $minutes } minute late
   *[other] { $service } runs about { $minutes } minutes late
}
# How long somebody who comes now would wait. $from, $until: minutes
display-wait = { $until ->
    [one] { $service }: wait of { $from } to { $until } minute
   *[other] { $service }: wait of { $from } to { $until } minutes
}
display-wait-less = { $minutes ->
    [one] { $service }: wait of less than { $minutes } minute
   *[other] { $service }: wait of less than { $minutes } minutes
}
# $from, $until: hours, such as "1½"
display-wait-hours = { $service }: wait of { $from } to { $until } hours
# $time: since when the display has heard nothing of the desk
display-lost = Not up to date since { $time }. Please listen for calls, or ask at the desk.
display-sound = Touch here to turn the sound on

## Days, for chrono's format_localized
date-pattern = %A %-d %B
date-pattern-short = %a %-d %b
whole-date-pattern = %-d %B %Y

## The voice
# How to get on without seeing: said to who has just plugged in headphones
voice-how-to-move = Use the arrow keys to move, and the round key to choose.
voice-how-to-hear = The help key says everything again; pressed twice, it asks for help. The volume key changes how loud I speak, the speed key how fast.
voice-any-key = Press any key to go on.
# $steps: how many
voice-choices = { $steps ->
    [one] { $steps } choice.
   *[other] { $steps } choices.
}
# $name: the label of a button, such as "Type my name instead"
voice-sign = With keys, choose "{ $name }".
# $name: what was typed or chosen
voice-entered = You have entered: { $name }.
# Is said instead of a character that nobody may hear
voice-character = character
voice-erased = erased
voice-scroll-up = Show what is above
voice-scroll-down = Show what is below
voice-shift = Capital letter
voice-chosen = chosen
voice-not-chosen = not chosen
voice-button = button
voice-position = { $step } of { $steps }
voice-volume = Volume { $step } of { $steps }
voice-speed = Speed { $step } of { $steps }
