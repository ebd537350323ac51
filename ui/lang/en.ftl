# Every text that patients read, in English. Each other language has the same keys; a test holds them
# against this file. Plain words, short sentences, "you"; no text promises what the kiosk cannot know.

## The frame
need-help = I need help
start-over = Start over
# $name: whoever at the desk took the request
on-the-way = { $name } is on the way to you

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
no-appointment-line = We have no appointment for you today. The people at the desk will help you.
no-consent-line = Nothing you have entered was kept. The people at the desk will help you.
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
wait = { $minutes ->
    [one] You will probably be called in { $minutes } minute.
   *[other] You will probably be called in { $minutes } minutes, at about { $time }.
}
come-back = Not called by { $time }? Please come to the desk.
paper-reserved = Your ticket is being printed.
paper-printed = Your ticket is printed. Please take it.
paper-not-printed = No paper came out. Please remember your number, or take a photo.
paper-not-known = If no paper came out: please remember your number, or take a photo.
print-again = Print my ticket again
ticket-code = Code of your ticket

## Families, and acting for another
another-person = Check in another person of the family
family-also = Also check in: { $names }
family-all = Check us all in
family-title = You are all checked in
family-ticket = { $name }: { $number }, called at about { $time }
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
ticket-expected = Called at about { $time }
ticket-issued = { $date }, { $time }

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

## Days, for chrono's format_localized
date-pattern = %A %-d %B
