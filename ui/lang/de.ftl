# Every text that patients read, in German. It says "Sie", names no more genders than it must, and keeps to one word
# for one thing: Empfang, Terminal (the kiosk), Kartenterminal, Wartemarke (ticket), Zettel (slip), Vorgang (case).

## The language itself
# Its own name, as its speakers look for it; left-to-right or right-to-left; its script by ISO 15924; the POSIX locale
# that names its days and months.
language-name = Deutsch
language-direction = left-to-right
language-script = Latn
language-locale = de_DE
# An amount, with a sign that everybody knows ($sign is €) or with a code ($sign is CHF); no line may end in it.
money = { $figures } { $sign }
money-with-code = { $figures } { $sign }
# How a voice says the letters A to Z and the figures 0 to 9 of a ticket's number.
spoken-letters = a | be | ce | de | e | eff | ge | ha | i | jott | ka | ell | emm | enn | o | pe | ku | err | ess | te | u | vau | we | iks | üpsilon | zett
spoken-figures = null | eins | zwei | drei | vier | fünf | sechs | sieben | acht | neun
# The keyboard: a line is a row, a word is a key. Before the last row of letters that have capitals stands the shift
# key, which takes the room of two.
keyboard-name = ABC
keyboard-letters =
    é è à ç ñ ' - {"."} , @ /
    q w e r t z u i o p ü
    a s d f g h j k l ö ä
    y x c v b n m ß &
keyboard-signs =
    1 2 3 4 5 6 7 8 9 0
    ? ! # + : ; _ ( ) =
    á â ã å æ ê ë ì í î
    ï ò ó ô õ ø ù ú

## The frame
need-help = Ich brauche Hilfe
start-over = Neu beginnen
# $name: whoever at the desk took the request
on-the-way = { $name } ist auf dem Weg zu Ihnen

## How the screen shall be
# Said of a button that has only a sign
preferences = Schriftgröße, Kontrast und Sprache
preferences-title = Was würde Ihnen helfen?
text-size = Schriftgröße
text-normal = Normal
text-large = Groß
text-largest = Sehr groß
high-contrast = Hoher Kontrast
within-reach = Tasten weiter unten
no-motion = Keine Bewegung
more-time = Mehr Zeit
ignore-double-taps = Doppeltes Tippen ignorieren
preferences-done = Fertig

## Welcome
welcome-title = Willkommen
welcome-prompt = Was möchten Sie tun?
have-appointment = Ich habe einen Termin
new-here = Ich bin neu hier
scan-hint = Oder halten Sie den Code auf Ihrem Brief unter das Lesegerät.

## Every question
progress = Schritt { $step } von { $steps }
back = Zurück
next = Weiter
erase-key = Letztes Zeichen löschen
space-key = Leertaste
layout-key = Buchstaben wechseln
type-here = Bitte Buchstaben antippen
day = Tag
month = Monat
year = Jahr
# The figures stand in the middle, so that no line ends among them.
date-hint = Tag, Monat und Jahr: 07 11 1950 zum Beispiel.

## Who are you?
identify-date-title = Wann sind Sie geboren?
identify-date-with-code-hint = Wir haben Ihren Code gelesen. Bitte geben Sie jetzt Ihr Geburtsdatum ein.
identify-family-title = Wie lautet Ihr Nachname?
identify-family-hint = So, wie er in Ihrem Ausweis steht.
no-match = Mit diesen Antworten haben wir Sie nicht gefunden. Bitte prüfen Sie beide und versuchen Sie es noch einmal.
unknown-code = Wir können diesen Code nicht verwenden. Bitte geben Sie Ihre Antworten selbst ein.

## How to put an answer right
problem-empty = Bitte geben Sie zuerst eine Antwort ein.
problem-no-letter = Ein Name braucht mindestens einen Buchstaben.
problem-date-incomplete = Bitte geben Sie zwei Ziffern für den Tag, zwei für den Monat und vier für das Jahr ein.
problem-no-such-day = Diesen Tag gibt es nicht. Bitte prüfen Sie Tag und Monat.
problem-date-in-the-future = Dieser Tag liegt in der Zukunft. Bitte prüfen Sie das Jahr.
problem-date-too-long-ago = Das Jahr liegt zu weit zurück. Bitte prüfen Sie es.
problem-phone-too-short = Diese Nummer ist zu kurz. Bitte prüfen Sie sie.
problem-phone-too-long = Diese Nummer ist zu lang. Bitte prüfen Sie sie.
problem-nothing-chosen = Bitte wählen Sie eine der Antworten.

## Registration
given-name-title = Wie lautet Ihr Vorname?
given-name-hint = Alle Vornamen, wie in Ihrem Ausweis.
family-name-title = Wie lautet Ihr Nachname?
family-name-hint = So, wie er in Ihrem Ausweis steht.
birth-title = Wann sind Sie geboren?
sex-title = Welches Geschlecht haben Sie?
sex-hint = Wie in Ihren Papieren eingetragen.
sex-female = Weiblich
sex-male = Männlich
sex-other = Divers
sex-unknown = Möchte ich nicht angeben
phone-title = Wie lautet Ihre Telefonnummer?
phone-hint = Wir rufen nur wegen Ihrer Behandlung an.
street-title = Wo wohnen Sie?
street-hint = Straße und Hausnummer.
town-title = In welchem Ort?
town-hint = Postleitzahl und Ort.
contact-name-title = Wen dürfen wir im Notfall anrufen?
contact-name-hint = Vorname und Nachname.
contact-phone-title = Welche Telefonnummer hat diese Person?
contact-phone-hint = Mit Landesvorwahl, falls im Ausland.
language-title = Welche Sprache ist Ihnen am liebsten?
language-hint = Wir versuchen, in dieser Sprache mit Ihnen zu sprechen.
reason-title = Was führt Sie heute zu uns?
reason-hint = Wählen Sie, was am besten passt.
consent-title = Dürfen wir Ihre Angaben speichern?
consent-yes = Ich stimme zu
consent-no = Ich stimme nicht zu

## Registration: what a clinic may ask besides, and how to put it right
skip = Auslassen
# $name: the step, such as "About you"; $progress: the text above
progress-of = { $name }: { $progress }
further-family-name-title = Haben Sie einen weiteren Nachnamen?
previous-family-name-title = Hatten Sie früher einen anderen Nachnamen?
previous-family-name-hint = Zum Beispiel den Namen vor der Heirat.
email-title = Wie lautet Ihre E‑Mail-Adresse?
email-hint = Wir schreiben nur wegen Ihrer Behandlung.
postal-code-title = Wie lautet Ihre Postleitzahl?
postal-code-hint = Wie sie auf Ihren Briefen steht.
region-title = In welcher Region?
contact-relation-title = Wer ist diese Person für Sie?
contact-relation-hint = Zum Beispiel Mutter, Ehemann oder Nachbarin.
insurer-title = Bei welcher Versicherung sind Sie?
insurer-hint = Wie sie auf Ihrer Karte heißt.
scheme-number-title = Wie lautet Ihre Versichertennummer?
scheme-number-hint = Wie sie auf Ihrer Karte steht.
# $example: an answer that fits
own-example = Zum Beispiel: { $example }
problem-phone-unknown = Diese Nummer kennen wir nicht. Bitte prüfen; aus dem Ausland beginnt sie mit + und der Landesvorwahl.
problem-email = Bitte geben Sie die ganze Adresse ein, zum Beispiel name@example.org.
# $example: a postal code of the country
problem-postal-code = Bitte geben Sie auch eine Postleitzahl ein, zum Beispiel { $example }.
problem-number-format = Auf der Karte hat diese Nummer eine andere Form. Bitte vergleichen Sie sie mit der Karte.
problem-check-digit = Eine Ziffer stimmt nicht. Bitte vergleichen Sie die Nummer mit der Karte.
problem-own-format = Bitte geben Sie es in der gewünschten Form ein.
problem-too-long = Das ist zu lang. Bitte prüfen Sie es.
## The clinic's own forms
# $form: the title of the form
form-step = { $form }: { $step } von { $steps }
yes = Ja
no = Nein
decimal-key = ,
form-several-hint = Tippen Sie alles an, was zutrifft.
form-number-hint = Von { $least } bis { $most }.
signature-pad = Bitte hier mit dem Finger unterschreiben
signature-name = Ihr Vorname und Nachname
signature-clear = Löschen
signature-type = Namen eintippen
signature-draw = Mit Finger unterschreiben
review-title = Ist alles richtig?
review-hint = Zum Ändern tippen Sie eine Antwort an.
review-none = Keine Antwort
review-signed = Unterschrieben
review-signed-by = Unterschrieben: { $name }
form-problem-too-long = Das ist zu lang. Bitte schreiben Sie höchstens { $most } Zeichen.
problem-date-past = Dieser Tag ist vorbei. Bitte prüfen Sie das Datum.
problem-date-far-away = Das Jahr liegt zu weit in der Zukunft. Bitte prüfen Sie es.
problem-no-number = Bitte geben Sie eine Zahl ein.
problem-whole-number = Bitte geben Sie eine ganze Zahl ein.
problem-decimals = Zu viele Stellen nach dem Komma. Möglich: höchstens { $most }.
problem-too-small = Bitte prüfen Sie die Zahl. Sie muss mindestens { $least } sein.
problem-too-large = Bitte prüfen Sie die Zahl. Sie darf höchstens { $most } sein.
problem-not-signed = Bitte unterschreiben Sie zuerst oder tippen Sie Ihren Namen ein.
problem-only-a-dot = Wir sehen nur einen Punkt. Bitte unterschreiben Sie noch einmal.

## Waiting for the kiosk itself
looking-title = Einen Moment, bitte
looking-line = Wir suchen Ihre Daten.

## Is this you?
confirm-title = Sind Sie das?
confirm-today = Heute um { $time } Uhr
confirm-other-day = { $date }, { $time } Uhr
confirm-no-appointment = Heute kein Termin
thats-me = Ja, das bin ich
not-me = Nein, das bin ich nicht

## Appointments
appointments = Termin buchen oder ändern
booking-title = Ihre Termine
booking-hint = Zum Verschieben oder Absagen tippen Sie einen Termin an.
booking-new = Neuen Termin buchen
booking-one-title = Was möchten Sie tun?
booking-move = Andere Zeit wählen
booking-earlier = Bescheid geben, wenn früher etwas frei wird
booking-cancel = Absagen
booking-cancel-title = Diesen Termin absagen?
booking-cancel-yes = Ja, absagen
booking-cancel-no = Nein, behalten
booking-cancelled-title = Ihr Termin ist abgesagt
booking-cancelled-line = Danke für die Nachricht. Jetzt kann jemand anderes diese Zeit bekommen.
booking-another = Anderen Termin buchen
booking-offer-title = Dieser Termin ist frei geworden. Möchten Sie ihn?
booking-offer-yes = Ja, ich nehme ihn
booking-offer-no = Nein, danke
booking-service-title = Wofür brauchen Sie den Termin?
booking-clinician-title = Zu wem möchten Sie?
booking-anybody = Wer zuerst frei ist
booking-part-title = Welche Tageszeit passt Ihnen?
booking-first = So bald wie möglich: { $date }, { $time } Uhr
booking-any-time = Jede Tageszeit
booking-morning = Vormittag
booking-afternoon = Nachmittag
booking-evening = Abend
booking-day-title = Welcher Tag passt Ihnen?
booking-time-title = Welche Uhrzeit?
booking-review-title = Sollen wir diesen Termin buchen?
booking-walk-in-title = Das ist der nächste freie Termin heute. Sollen wir ihn buchen?
booking-move-title = Ihren Termin auf diese Zeit verschieben?
booking-instead-of = Statt { $date }, { $time } Uhr
booking-review-yes = Termin buchen
booking-move-yes = Ja, verschieben
booking-review-no = Andere Zeit
booking-taken = Diesen Termin hat gerade jemand anderes gebucht. Bitte wählen Sie einen anderen.
booking-changed = Dieser Termin wird nicht mehr angeboten. Bitte wählen Sie einen anderen.
booking-none-title = Kein freier Termin
booking-none-today = Heute ist nichts mehr frei.
booking-none = Zurzeit kann hier kein Termin gebucht werden.
booking-other-days = Andere Tage ansehen
booking-wait = Bescheid geben, wenn etwas frei wird
booking-waiting-title = Sie stehen auf der Warteliste
booking-waiting-line = Wenn ein Termin frei wird, geben wir Ihnen Bescheid. Sie können auch jederzeit hier nachfragen.
booked-title = Ihr Termin ist gebucht
booked-moved-title = Ihr Termin ist verschoben
booked-bring = Bringen Sie den Zettel mit: Sein Code meldet Sie an.
booked-slip-printed = Bitte nehmen Sie den Zettel.
booked-slip-not-printed = Es kam kein Zettel. Notieren Sie Tag und Uhrzeit, oder fotografieren Sie die Codes.
booked-check-in-code = Anmeldung
booked-calendar-code = Kalender
booked-check-in = Jetzt anmelden
appointment-slip-title = Ihr Termin
wish-title = Ihr Wunsch ist notiert
wish-line = Er gilt erst, wenn der Empfang ihn bestätigt hat. Bitte buchen Sie nicht noch einmal.
## Details on file, and what a document says
details-address-title = Wohnen Sie noch unter dieser Adresse?
details-phone-title = Erreichen wir Sie noch unter dieser Nummer?
details-email-title = Ist das noch Ihre E‑Mail-Adresse?
details-contact-title = Sollen wir im Notfall weiterhin diese Person anrufen?
details-yes = Ja, das stimmt
details-change = Nein, ändern
document-title = Stimmt das?
document-yes = Ja, das stimmt
document-no = Nein, selbst eingeben
document-unknown-title = Wir haben Sie nicht gefunden
document-unknown-line = Wenn Sie neu hier sind, können Sie sich jetzt registrieren. Die ersten Antworten kommen aus Ihrem Dokument.
document-unknown-desk = Wenn Sie schon einmal hier waren, gehen Sie bitte zum Empfang.
document-register = Jetzt registrieren
one-of-several-codes = Diese Karte hat mehrere Codes. Bitte geben Sie Ihre Antworten selbst ein.

## An arrival that cannot be checked in now
early-title = Sie sind früh da
early-appointment = Ihr Termin ist um { $time } Uhr.
early-opens = Anmelden können Sie sich ab { $time } Uhr. Bitte kommen Sie dann wieder an dieses Terminal.
other-day-title = Ihr Termin ist an einem anderen Tag
other-day-appointment = { $date }, { $time } Uhr
other-day-line = Wenn Sie heute behandelt werden müssen, fragen Sie bitte am Empfang.
ask-desk = Am Empfang fragen

## An arrival that the clinic's routines answer
other-site-title = Ihr Termin ist an einem anderen Ort
other-site-appointment = Ort für Ihren Termin um { $time } Uhr: { $name }
missed-line = Ihr Termin ist schon vorbei. Am Empfang finden wir mit Ihnen einen neuen.
balance-line = Bitte sprechen Sie zuerst mit dem Empfang.
walk-in-line = Sie können auch eine Nummer ziehen und warten, bis Sie aufgerufen werden.
walk-in-take = Nummer ziehen

## A person is needed
help-title = Wir rufen jemanden
help-line = Bitte warten Sie hier oder gehen Sie zum Empfang.
to-desk-title = Bitte gehen Sie zum Empfang
not-identified-line = Wir haben Sie in drei Versuchen nicht gefunden. Am Empfang helfen wir Ihnen.
several-records-line = Jemand muss nachsehen, welche Akte zu Ihnen gehört. Das dauert nur einen Moment.
not-that-person-line = Am Empfang suchen wir Ihre Akte.
possible-duplicate-line = Am Empfang schließen wir Ihre Registrierung ab. Sie müssen nichts noch einmal beantworten.
late-line = Für Ihren Termin können Sie sich hier nicht mehr anmelden. Am Empfang sagen wir Ihnen, wie es weitergeht.
cancelled-line = Ihr Termin heute wurde abgesagt. Am Empfang erklären wir es Ihnen.
changed-line = Wir mussten Ihren Termin heute um { $time } Uhr ändern.
changed-now = Ihr Termin ist jetzt: { $date }, { $time } Uhr
changed-desk-line = Es tut uns leid, dass Sie das erst jetzt erfahren. Am Empfang finden wir mit Ihnen eine passende Zeit.
no-appointment-line = Wir haben heute keinen Termin für Sie. Am Empfang helfen wir Ihnen.
no-consent-line = Ihre Angaben wurden nicht gespeichert. Am Empfang helfen wir Ihnen.
closed-title = Dieses Terminal ist außer Betrieb
closed-way = Bitte gehen Sie zum Empfang. Dort hilft man Ihnen.
fault-title = Dieses Terminal hat eine Störung
fault-line = Es ging nichts verloren. Bitte versuchen Sie es noch einmal oder gehen Sie zum Empfang.
request-raising = Der Empfang wird benachrichtigt …
request-kept = Der Empfang ist noch nicht erreicht. Ihr Anliegen ist gespeichert und geht von selbst hin. Bitte gehen Sie zum Empfang.
request-not-kept = Wir konnten den Empfang nicht erreichen. Bitte gehen Sie dorthin.
request-delivered = Der Empfang hat Ihr Anliegen erhalten.
go-on = Hier weiter
try-again = Erneut versuchen
finish = Beenden

## Start over?
start-over-title = Neu beginnen?
start-over-line = Alles, was Sie eingegeben haben, wird gelöscht.
start-over-yes = Ja, neu beginnen
start-over-no = Nein, weiter

## Done
done-title = Sie sind angemeldet
done-before-title = Sie sind bereits angemeldet
your-number = Ihre Nummer
wait-none = Sie werden gleich aufgerufen.
wait-less = { $minutes ->
    [one] Sie werden wohl in weniger als { $minutes } Minute aufgerufen.
   *[other] Sie werden wohl in weniger als { $minutes } Minuten aufgerufen.
}
wait = { $until ->
    [one] Aufruf wohl in { $from } bis { $until } Minute.
   *[other] Aufruf wohl in { $from } bis { $until } Minuten.
}
wait-hours = Aufruf wohl in { $from } bis { $until } Stunden.
come-back = Bis { $time } Uhr nicht aufgerufen? Bitte kommen Sie zum Empfang.
paper-reserved = Ihre Wartemarke wird gedruckt.
paper-printed = Bitte nehmen Sie Ihre Wartemarke.
paper-not-printed = Es kam kein Papier. Bitte merken Sie sich Ihre Nummer, oder machen Sie ein Foto.
paper-not-known = Kam kein Papier? Bitte merken Sie sich Ihre Nummer, oder machen Sie ein Foto.
print-again = Wartemarke neu drucken
write-down = Text zum Aufschreiben
ticket-code = Code Ihrer Wartemarke

## Paying
pay-bill = Rechnung bezahlen
pay-title = Offene Beträge
pay-total = Zusammen
pay-balance = Restbetrag von früher
pay-by-card = Mit Karte bezahlen
pay-by-code = Mit einem Code am Handy bezahlen
pay-at-desk = Am Empfang bezahlen
pay-later = Später bezahlen: Ihr Besuch hängt nicht davon ab
pay-not-now = Jetzt nicht
pay-no-way = Das kann hier nicht bezahlt werden. Bitte bezahlen Sie am Empfang.
pay-other-currency = In einer anderen Währung ist noch etwas offen. Bitte bezahlen Sie das am Empfang.
pay-nothing-title = Nichts offen
pay-nothing-line = Sie müssen jetzt nichts bezahlen.
pay-in-doubt-title = Eine Zahlung ist noch nicht geklärt
pay-in-doubt-line = Bitte bezahlen Sie nicht noch einmal. Der Empfang klärt, was daraus geworden ist, und sagt es Ihnen.
pay-card-preparing = Einen Moment: Das Kartenterminal wird vorbereitet.
pay-card-present = Bitte Karte an das Kartenterminal halten oder einstecken.
pay-card-at-work = Bitte warten Sie: Das Kartenterminal arbeitet.
pay-card-says = Das Kartenterminal meldet:
pay-stop = Abbrechen
pay-stopping = Wird abgebrochen …
pay-code-preparing = Einen Moment: Ihr Code wird erstellt
pay-code-label = Scannen Sie diesen Code mit der App Ihrer Bank und bezahlen Sie dort.
pay-code-reference = Verwendungszweck: { $code }
pay-code-paid = Ich habe bezahlt
pay-other-way = Anders bezahlen
pay-code-waiting = Warten auf die Bestätigung …
pay-code-waiting-line = Das kann einige Minuten dauern. Bitte bezahlen Sie nicht noch einmal.
pay-code-leave = Ich kann nicht warten
pay-at-desk-title = Bitte bezahlen Sie am Empfang
pay-at-desk-line = Nennen Sie dort Ihren Namen. Niemand muss vor dem Besuch bezahlen.
# The three words: charged, not charged, not known yet.
pay-charged = Bezahlt: { $amount }
pay-not-charged = Nicht abgebucht
pay-not-known = Noch nicht bekannt: Nicht noch einmal bezahlen
pay-not-known-card = Der Empfang klärt am Kartenterminal, ob abgebucht wurde, und sagt es Ihnen.
pay-not-known-code = Der Empfang klärt bei der Bank, ob bezahlt wurde, und sagt es Ihnen.
pay-why-declined = Die Karte wurde abgelehnt. Bitte fragen Sie Ihre Bank oder bezahlen Sie anders.
pay-why-cancelled = Die Zahlung wurde abgebrochen. Sie können es noch einmal versuchen oder am Empfang bezahlen.
pay-why-timed-out = Es wurde nicht rechtzeitig eine Karte erkannt. Sie können es noch einmal versuchen oder am Empfang bezahlen.
pay-why-unreadable = Die Karte konnte nicht gelesen werden. Bitte versuchen Sie es noch einmal oder bezahlen Sie am Empfang.
pay-why-terminal = Das Kartenterminal ist gerade nicht nutzbar. Bitte bezahlen Sie am Empfang.
pay-why-code = Das Bezahlen mit Code war nicht möglich. Bitte versuchen Sie es noch einmal oder bezahlen Sie am Empfang.
pay-why-not-due = Das ist schon bezahlt oder wird gerade an anderer Stelle bezahlt. Im Zweifel fragen Sie bitte am Empfang.
pay-why-known-now = Jetzt ist es geklärt: Es wurde nichts abgebucht. Sie können es noch einmal versuchen oder am Empfang bezahlen.
pay-receipt-reserved = Ihre Quittung wird gedruckt.
pay-receipt-printed = Bitte nehmen Sie Ihre Quittung mit.
pay-receipt-not-printed = Ihre Quittung konnte nicht gedruckt werden. Sie liegt am Empfang.
pay-receipt-not-known = Falls keine Quittung herauskam: Sie liegt am Empfang.
pay-receipt-desk = Ihre Quittung liegt am Empfang.
pay-doubt-reserved = Ein Papier, auf dem das steht, wird gedruckt.
pay-doubt-printed = Bitte nehmen Sie das Papier mit, auf dem das steht.
pay-ticket-stays = Ihre Wartemarke { $number } bleibt gültig.
pay-back-to-ticket = Zurück zur Wartemarke
done-owed = Jetzt oder später bezahlen: Ihr Besuch wartet nicht.
done-in-doubt = Nicht noch einmal bezahlen: Eine Zahlung ist noch offen.
done-pay = Jetzt { $amount } bezahlen

## Families, and acting for another
another-person = Noch jemanden aus der Familie anmelden
family-also = Auch anmelden: { $names }
family-all = Uns alle anmelden
family-title = Sie sind alle angemeldet
family-ticket = { $name }: { $number }, Aufruf zwischen { $begin } und { $end } Uhr
family-paper-reserved = Ihre Wartemarken werden gedruckt.
family-paper-printed = Ihre Wartemarken sind gedruckt. Bitte nehmen Sie alle mit.
family-paper-missing = Falls eine Wartemarke fehlt: Bitte merken Sie sich die Nummer oder machen Sie ein Foto.
acting-here-title = Sind Sie selbst auch hier in Behandlung?
acting-here-hint = Dann müssen Sie Namen und Telefonnummer nicht eingeben.
acting-here-yes = Ja, ich bin hier in Behandlung
acting-here-no = Nein
acting-name-title = Wie heißen Sie selbst?
acting-name-hint = Ihr eigener Vor- und Nachname, nicht der Name der Patientin oder des Patienten.
acting-phone-title = Wie lautet Ihre Telefonnummer?
acting-phone-hint = Damit wir Sie wegen der Behandlung erreichen.
acting-date-title = Wann sind Sie selbst geboren?
acting-family-title = Wie lautet Ihr eigener Nachname?
acting-confirm-line = Sie handeln heute für jemand anderen.
acting-consent-title = Sind Sie einverstanden?
patient-date-title = Wann ist die Patientin oder der Patient geboren?
patient-family-title = Wie lautet der Nachname der Patientin oder des Patienten?
confirm-patient-title = Ist das die Patientin oder der Patient?
thats-the-patient = Ja, das ist die Person
not-the-patient = Nein, das ist jemand anderes

## Nobody seems to be there
warning-title = Sind Sie noch da?
seconds-left = { $seconds ->
    [one] Noch { $seconds } Sekunde, dann wird alles gelöscht
   *[other] Noch { $seconds } Sekunden, dann wird alles gelöscht
}
still-here = Ich bin noch da

## The printed ticket
ticket-copy = KOPIE
ticket-appointment = Termin um { $time } Uhr
ticket-expected = Aufruf zwischen { $begin } und { $end } Uhr
ticket-issued = { $date }, { $time } Uhr

## The printed receipt of a payment
receipt-charged = BEZAHLT
receipt-not-charged = NICHT ABGEBUCHT
receipt-not-known = NOCH NICHT BEKANNT: NICHT NOCH EINMAL BEZAHLEN
receipt-not-known-line = Der Empfang klärt, ob abgebucht wurde, und sagt es Ihnen. Bitte heben Sie dieses Papier auf.
receipt-by-card = Mit Karte
receipt-by-code = Mit einem Code am Handy
receipt-at-desk = Am Empfang
receipt-payment = Zahlung:
receipt-terminal = Kartenterminal: { $code }
receipt-number = Belegnummer: { $number }
receipt-authorisation = Genehmigung: { $code }
receipt-card = Karte: { $code }
receipt-of-terminal = Beleg des Kartenterminals

## What do you need?
need-title = Wie können wir helfen?
call-person = Jemanden rufen
need-prompt = Oder worum geht es?
my-case = Ich habe eine Vorgangsnummer
words-optional = Schreiben Sie, was wir wissen sollten. Sie müssen nicht.
words-required = Schreiben Sie mit Ihren Worten, in jeder Sprache.
problem-no-words = Bitte zuerst etwas schreiben.
send = Senden
for-somebody-else = Ich bin für jemand anderen hier
here-for = Sie sind hier für: { $name }
here-for-title = Für wen sind Sie hier?
here-for-hint = Tippen Sie an, was passt. Manches können nur Patientinnen und Patienten selbst tun. Dabei hilft der Empfang.
not-allowed-line = Am Empfang machen wir das mit Ihnen und der Patientin oder dem Patienten.
request-resolved = Das ist erledigt.

## An emergency
emergency-calling = Der Empfang wird gerufen …
emergency-delivered = Der Empfang ist gerufen. Es kommt jemand.
emergency-not-delivered = Der Empfang hat nicht geantwortet. Rufen Sie jetzt laut um Hilfe.
emergency-over = Es ist jemand da

## Speaking with the desk
message-waits = Der Empfang hat Ihnen geschrieben
message-read = Lesen
talk-title = Sie und der Empfang
message-not-kept = Ihre Nachricht konnte nicht gesendet werden. Bitte sagen Sie es am Empfang.
talk-none = Noch keine Nachrichten. Was der Empfang schreibt, erscheint hier.
talk-write = Antwort schreiben
talk-close = Schließen
said-by = { $name }, { $time }
said-by-you = Sie, { $time }
reply-title = Was möchten Sie sagen?
reply-hint = Schreiben Sie es mit Ihren eigenen Worten, in jeder Sprache.

## Cases
case-title = Ihr Vorgang { $number }
case-code = Code: { $code }
case-answer-by = Sie bekommen unsere Antwort bis { $date }.
slip-reserved = Ihr Zettel wird gedruckt.
slip-printed = Nehmen Sie Ihren Zettel mit: Damit sehen Sie hier jederzeit den Stand.
slip-not-printed = Es kam kein Zettel. Notieren Sie Nummer und Code, oder machen Sie ein Foto: Damit öffnen Sie Ihren Vorgang.
case-taken = { $name } kümmert sich darum.
case-overdue = Unsere Antwort ist verspätet. Das wurde der Leitung gemeldet.
case-number-title = Wie lautet Ihre Vorgangsnummer?
case-number-hint = Nur die Ziffern, wie sie auf Ihrem Zettel stehen.
case-code-title = Wie lautet der Code auf Ihrem Zettel?
case-code-hint = Sechs Ziffern.
case-no-match = Wir haben keinen Vorgang mit diesen Ziffern gefunden. Bitte prüfen Sie Nummer und Code.

## Practice
practice = ÜBUNG: Nichts hier ist echt

## The printed slip of a case
slip-title = Ihr Vorgang
slip-received = Eingegangen: { $date }, { $time } Uhr
slip-subject = Betrifft: { $subject }
slip-to = Geht an: { $name }
slip-code = Code: { $code }
slip-taken-up-by = Bis { $date } bestätigen wir, wer sich darum kümmert.
slip-how = Zeigen Sie diesen Zettel an einem beliebigen Terminal, um den Stand zu sehen. Heben Sie ihn auf: Er öffnet Ihren Vorgang.

## The display of the waiting room
display-title = Wartezimmer
# Stands above the place, beside the number.
display-go-to = Bitte gehen Sie zu
# Stands while nobody was called yet.
display-idle = Ihre Nummer wird hier aufgerufen
display-last-calls = Zuvor aufgerufen
# Is spoken. $number: spelled for a voice; $place: as the clinic calls it, such as "Room 1"
display-spoken = Nummer { $number }. Bitte gehen Sie zu: { $place }.
display-late = { $minutes ->
    [one] { $service }: etwa { $minutes } Minute Verspätung
   *[other] { $service }: etwa { $minutes } Minuten Verspätung
}
# How long somebody who comes now would wait. $from, $until: minutes
display-wait = { $until ->
    [one] { $service }: { $from } bis { $until } Minute Wartezeit
   *[other] { $service }: { $from } bis { $until } Minuten Wartezeit
}
display-wait-less = { $minutes ->
    [one] { $service }: weniger als { $minutes } Minute Wartezeit
   *[other] { $service }: weniger als { $minutes } Minuten Wartezeit
}
# $from, $until: hours, such as "1½"
display-wait-hours = { $service }: { $from } bis { $until } Stunden Wartezeit
# $time: since when the display has heard nothing of the desk
display-lost = Nicht aktuell seit { $time } Uhr. Bitte achten Sie auf Aufrufe oder fragen Sie am Empfang.
display-sound = Hier tippen, um den Ton einzuschalten

## Days, for chrono's format_localized
date-pattern = %A, %-d. %B
date-pattern-short = %a, %-d. %b
whole-date-pattern = %-d. %B %Y

## The voice
voice-how-to-move = Mit den Pfeiltasten bewegen Sie sich, mit der runden Taste wählen Sie.
voice-how-to-hear = Die Hilfetaste sagt alles noch einmal; zweimal gedrückt, ruft sie Hilfe. Die Lautstärketaste ändert, wie laut ich spreche, die Tempotaste, wie schnell.
voice-any-key = Drücken Sie eine beliebige Taste, um fortzufahren.
voice-choices = { $steps ->
    [one] { $steps } Auswahlmöglichkeit.
   *[other] { $steps } Auswahlmöglichkeiten.
}
voice-sign = Mit Tasten wählen Sie „{ $name }“.
voice-entered = Sie haben eingegeben: { $name }.
voice-character = Zeichen
voice-erased = gelöscht
voice-scroll-up = Zeigen, was darüber steht
voice-scroll-down = Zeigen, was darunter steht
voice-shift = Großbuchstabe
voice-chosen = gewählt
voice-not-chosen = nicht gewählt
voice-button = Schaltfläche
voice-position = { $step } von { $steps }
voice-volume = Lautstärke { $step } von { $steps }
voice-speed = Tempo { $step } von { $steps }
