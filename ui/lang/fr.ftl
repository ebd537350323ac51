# Every text that patients read, in French. It says "vous", avoids participles that would have to guess whether
# the patient is a man or a woman, and sets a narrow no-break space before ; : and ?.

## The language itself
# Its own name, as its speakers look for it; left-to-right or right-to-left; its script by ISO 15924; the POSIX locale
# that names its days and months.
language-name = Français
language-direction = left-to-right
language-script = Latn
language-locale = fr_FR
# An amount, with a sign that everybody knows ($sign is €) or with a code ($sign is CHF); no line may end in it.
money = { $figures } { $sign }
money-with-code = { $figures } { $sign }
# How a voice says the letters A to Z and the figures 0 to 9 of a ticket's number.
spoken-letters = a | bé | cé | dé | e | effe | gé | hache | i | ji | ka | elle | aime | enne | o | pé | ku | erre | esse | té | u | vé | double vé | ixe | i grec | zède
spoken-figures = zéro | un | deux | trois | quatre | cinq | sisse | sept | huitte | neuf
# The keyboard: a line is a row, a word is a key. Before the last row of letters that have capitals stands the shift
# key, which takes the room of two.
keyboard-name = ABC
keyboard-letters =
    é è ê ë à â ç î ï '
    a z e r t y u i o p
    q s d f g h j k l m
    w x c v b n ô -
keyboard-signs =
    1 2 3 4 5 6 7 8 9 0
    {"."} , / @ ? ! # & + :
    ù û ü œ æ ÿ ä ö ñ á
    í ó ú å ã ì ò õ

## The frame
need-help = J’ai besoin d’aide
start-over = Recommencer
# $name: whoever at the desk took the request
on-the-way = { $name } vient vous aider

## How the screen shall be
# Said of a button that has only a sign
preferences = Taille du texte, contraste et langue
preferences-title = Qu’est-ce qui vous aiderait ?
text-size = Taille du texte
text-normal = Normal
text-large = Grand
text-largest = Très grand
high-contrast = Contraste élevé
within-reach = Boutons plus bas
no-motion = Sans mouvement
more-time = Plus de temps
ignore-double-taps = Ignorer les doubles appuis
preferences-done = Terminé

## Welcome
welcome-title = Bienvenue
welcome-prompt = Que souhaitez-vous faire ?
have-appointment = J’ai rendez-vous
new-here = C’est ma première visite
scan-hint = Ou placez le code de votre lettre sous le lecteur.

## Every question
progress = Étape { $step } sur { $steps }
back = Retour
next = Suivant
erase-key = Effacer le dernier caractère
space-key = Espace
layout-key = Changer les lettres
type-here = Touchez les lettres
day = Jour
month = Mois
year = Année
# The figures stand in the middle, so that no line ends among them.
date-hint = Jour, mois et année : 07 11 1950, par exemple.

## Who are you?
identify-date-title = Quelle est votre date de naissance ?
identify-date-with-code-hint = Nous avons lu votre code. Veuillez maintenant donner votre date de naissance.
identify-family-title = Quel est votre nom de famille ?
identify-family-hint = Comme sur vos papiers d’identité.
no-match = Nous ne trouvons pas votre dossier avec ces réponses. Veuillez vérifier les deux et réessayer.
unknown-code = Nous ne pouvons pas utiliser ce code. Veuillez plutôt taper vos réponses.

## How to put an answer right
problem-empty = Veuillez d’abord taper une réponse.
problem-no-letter = Un nom doit avoir au moins une lettre.
problem-date-incomplete = Veuillez taper deux chiffres pour le jour, deux pour le mois et quatre pour l’année.
problem-no-such-day = Ce jour n’existe pas dans le calendrier. Veuillez vérifier le jour et le mois.
problem-date-in-the-future = Ce jour n’est pas encore arrivé. Veuillez vérifier l’année.
problem-date-too-long-ago = Cette année est trop ancienne. Veuillez la vérifier.
problem-phone-too-short = Ce numéro est trop court. Veuillez le vérifier.
problem-phone-too-long = Ce numéro est trop long. Veuillez le vérifier.
problem-nothing-chosen = Veuillez choisir une des réponses.

## Registration
given-name-title = Quel est votre prénom ?
given-name-hint = Tous vos prénoms, comme sur vos papiers d’identité.
family-name-title = Quel est votre nom de famille ?
family-name-hint = Comme sur vos papiers d’identité.
birth-title = Quelle est votre date de naissance ?
sex-title = Quel est votre sexe ?
sex-hint = Comme sur vos papiers d’identité.
sex-female = Féminin
sex-male = Masculin
sex-other = Autre
sex-unknown = Je préfère ne pas répondre
phone-title = Quel est votre numéro de téléphone ?
phone-hint = Nous n’appelons que pour vos soins.
street-title = Où habitez-vous ?
street-hint = Numéro et rue.
town-title = Dans quelle ville ?
town-hint = Code postal et ville.
contact-name-title = Qui pouvons-nous appeler en cas d’urgence ?
contact-name-hint = Prénom et nom de famille.
contact-phone-title = Quel est son numéro de téléphone ?
contact-phone-hint = Avec l’indicatif du pays s’il est à l’étranger.
language-title = Quelle langue préférez-vous ?
language-hint = Nous essaierons de vous parler dans cette langue.
reason-title = Pourquoi venez-vous aujourd’hui ?
reason-hint = Choisissez ce qui convient le mieux.
consent-title = Pouvons-nous conserver vos réponses ?
consent-yes = J’accepte
consent-no = Je n’accepte pas

## Registration: what a clinic may ask besides, and how to put it right
skip = Passer
# $name: the step, such as "About you"; $progress: the text above
progress-of = { $name } : { $progress }
further-family-name-title = Avez-vous un second nom de famille ?
previous-family-name-title = Aviez-vous un autre nom de famille avant ?
previous-family-name-hint = Par exemple, votre nom avant le mariage.
email-title = Quelle est votre adresse e‑mail ?
email-hint = Nous n’écrivons que pour vos soins.
postal-code-title = Quel est votre code postal ?
postal-code-hint = Comme sur votre courrier.
region-title = Dans quelle région ?
contact-relation-title = Qui est cette personne pour vous ?
contact-relation-hint = Mère, mari ou voisin, par exemple.
insurer-title = Quelle est votre assurance maladie ?
insurer-hint = Comme sur votre carte.
scheme-number-title = Quel est votre numéro d’assurance maladie ?
scheme-number-hint = Comme sur votre carte.
# $example: an answer that fits
own-example = Par exemple : { $example }
problem-phone-unknown = Numéro inconnu. Vérifiez-le ; de l’étranger, il commence par + et l’indicatif.
problem-email = Veuillez écrire l’adresse entière, comme nom@example.org.
# $example: a postal code of the country
problem-postal-code = Veuillez aussi écrire un code postal : { $example }, par exemple.
problem-number-format = Sur la carte, ce numéro a une autre forme. Veuillez le comparer avec la carte.
problem-check-digit = Un chiffre n’est pas juste. Veuillez comparer le numéro avec la carte.
problem-own-format = Veuillez l’écrire sous la forme demandée.
problem-too-long = C’est trop long. Veuillez vérifier.
## The clinic's own forms
# $form: the title of the form
form-step = { $form } : { $step } sur { $steps }
yes = Oui
no = Non
decimal-key = ,
form-several-hint = Touchez tout ce qui convient.
form-number-hint = De { $least } à { $most }.
signature-pad = Signez ici avec le doigt
signature-name = Votre prénom et votre nom de famille
signature-clear = Effacer
signature-type = Taper mon nom
signature-draw = Signer au doigt
review-title = Tout est-il juste ?
review-hint = Touchez une réponse pour la changer.
review-none = Sans réponse
review-signed = Signé
review-signed-by = Signé : { $name }
form-problem-too-long = C’est trop long. Veuillez écrire { $most } caractères au plus.
problem-date-past = Ce jour est passé. Veuillez le vérifier.
problem-date-far-away = Cette année est trop lointaine. Veuillez la vérifier.
problem-no-number = Veuillez taper un nombre.
problem-whole-number = Veuillez taper un nombre entier.
problem-decimals = Veuillez vérifier les chiffres après la virgule : { $most } au plus.
problem-too-small = Veuillez vérifier le nombre : { $least } au moins.
problem-too-large = Veuillez vérifier le nombre : { $most } au plus.
problem-not-signed = Veuillez d’abord signer ou taper votre nom.
problem-only-a-dot = Nous ne voyons qu’un point. Veuillez signer à nouveau.

## Waiting for the kiosk itself
looking-title = Un instant, s’il vous plaît
looking-line = Nous vérifions vos réponses.

## Is this you?
confirm-title = Est-ce bien vous ?
confirm-today = Aujourd’hui à { $time }
confirm-other-day = Le { $date } à { $time }
confirm-no-appointment = Pas de rendez-vous aujourd’hui
thats-me = Oui, c’est moi
not-me = Non, ce n’est pas moi

## Appointments
appointments = Prendre ou gérer un rendez-vous
booking-title = Vos rendez-vous
booking-hint = Touchez un rendez-vous pour le déplacer ou l’annuler.
booking-new = Prendre un rendez-vous
booking-one-title = Que souhaitez-vous faire ?
booking-move = Choisir un autre horaire
booking-earlier = M’avertir si un horaire se libère avant
booking-cancel = Annuler le rendez-vous
booking-cancel-title = Annuler ce rendez-vous ?
booking-cancel-yes = Oui, l’annuler
booking-cancel-no = Non, le garder
booking-cancelled-title = Votre rendez-vous est annulé
booking-cancelled-line = Merci de nous avoir prévenus : quelqu’un d’autre peut maintenant prendre cet horaire.
booking-another = En prendre un autre
booking-offer-title = Cet horaire s’est libéré. Le voulez-vous ?
booking-offer-yes = Oui, je le prends
booking-offer-no = Non, merci
booking-service-title = Quel est le motif du rendez-vous ?
booking-clinician-title = Qui souhaitez-vous voir ?
booking-anybody = Peu importe, au plus tôt
booking-part-title = Quel moment de la journée vous convient ?
booking-first = Dès que possible : { $date }, { $time }
booking-any-time = Peu importe l’heure
booking-morning = Matin
booking-afternoon = Après-midi
booking-evening = Soir
booking-day-title = Quel jour vous convient ?
booking-time-title = À quelle heure ?
booking-review-title = Voulez-vous réserver cet horaire ?
booking-walk-in-title = C’est le prochain horaire libre aujourd’hui. Voulez-vous le réserver ?
booking-move-title = Déplacer votre rendez-vous à cet horaire ?
booking-instead-of = Au lieu du { $date }, { $time }
booking-review-yes = Réserver cet horaire
booking-move-yes = Oui, le déplacer
booking-review-no = Autre horaire
booking-taken = Quelqu’un vient de prendre cet horaire. Veuillez en choisir un autre.
booking-changed = Cet horaire n’est plus proposé. Veuillez en choisir un autre.
booking-none-title = Aucun horaire libre
booking-none-today = Il n’y a plus rien de libre aujourd’hui.
booking-none = Aucun horaire ne peut être réservé ici pour le moment.
booking-other-days = Voir d’autres jours
booking-wait = M’avertir si un horaire se libère
booking-waiting-title = Vous êtes sur la liste d’attente
booking-waiting-line = Si un horaire se libère, nous vous le dirons. Vous pouvez aussi demander ici à tout moment.
booked-title = Votre rendez-vous est réservé
booked-moved-title = Votre rendez-vous est déplacé
booked-bring = Apportez votre fiche : son code enregistre votre arrivée.
booked-slip-printed = Veuillez prendre votre fiche.
booked-slip-not-printed = Aucune fiche n’est sortie. Notez le jour et l’heure, ou photographiez les codes.
booked-check-in-code = Arrivée
booked-calendar-code = Agenda
booked-check-in = M’enregistrer
appointment-slip-title = Votre rendez-vous
wish-title = Votre souhait est noté
wish-line = Il sera valable quand l’accueil l’aura confirmé. Veuillez ne pas réserver à nouveau.
## Details on file, and what a document says
details-address-title = Habitez-vous toujours à cette adresse ?
details-phone-title = Peut-on toujours vous joindre à ce numéro ?
details-email-title = Est-ce toujours votre adresse e‑mail ?
details-contact-title = Est-ce toujours la personne à appeler en cas d’urgence ?
details-yes = Oui, c’est exact
details-change = Non, changer
document-title = Est-ce exact ?
document-yes = Oui, c’est exact
document-no = Non, je vais taper
document-unknown-title = Nous n’avons pas trouvé votre dossier
document-unknown-line = Si c’est votre première visite, vous pouvez vous inscrire maintenant. Votre document remplit les premières réponses.
document-unknown-desk = Si vous avez déjà consulté ici, veuillez aller à l’accueil.
document-register = M’inscrire
one-of-several-codes = Cette carte porte plusieurs codes. Veuillez plutôt taper vos réponses.

## An arrival that cannot be checked in now
early-title = Vous êtes en avance
early-appointment = Votre rendez-vous est à { $time }.
early-opens = Vous pourrez vous enregistrer à partir de { $time }. Veuillez alors revenir à cette borne.
other-day-title = Votre rendez-vous est un autre jour
other-day-appointment = Le { $date } à { $time }
other-day-line = Si vous avez besoin d’une consultation aujourd’hui, demandez à l’accueil.
ask-desk = Demander à l’accueil

## An arrival that the clinic's routines answer
other-site-title = Votre rendez-vous est à un autre endroit
other-site-appointment = Lieu de votre rendez-vous de { $time } : { $name }
missed-line = L’heure de votre rendez-vous est passée. L’accueil cherchera un autre horaire avec vous.
balance-line = Veuillez d’abord parler avec l’accueil.
walk-in-line = Vous pouvez aussi prendre un numéro et attendre qu’on vous appelle.
walk-in-take = Prendre un numéro

## A person is needed
help-title = Nous appelons quelqu’un
help-line = Veuillez attendre ici ou aller à l’accueil.
to-desk-title = Veuillez aller à l’accueil
not-identified-line = Nous n’avons pas trouvé votre dossier en trois essais. L’accueil vous aidera.
several-records-line = Une personne doit vérifier quel dossier est le vôtre. Cela ne prend qu’un instant.
not-that-person-line = L’accueil trouvera votre dossier.
possible-duplicate-line = L’accueil terminera votre inscription. Vous n’aurez plus à répondre aux questions.
late-line = Il est trop tard pour vous enregistrer à la borne. L’accueil vous dira comment continuer.
cancelled-line = Votre rendez-vous d’aujourd’hui a été annulé. L’accueil vous expliquera pourquoi.
changed-line = Nous avons dû changer votre rendez-vous prévu aujourd’hui à { $time }.
changed-now = Votre rendez-vous est maintenant le { $date } à { $time }
changed-desk-line = Nous regrettons de ne pas avoir pu vous prévenir avant. L’accueil cherchera avec vous un horaire qui vous convient.
no-appointment-line = Nous n’avons pas de rendez-vous pour vous aujourd’hui. L’accueil vous aidera.
no-consent-line = Aucune de vos réponses n’a été conservée. L’accueil vous aidera.
closed-title = Cette borne est fermée
closed-way = Veuillez aller à l’accueil. On vous y aidera.
fault-title = Cette borne a un problème
fault-line = Rien n’a été perdu. Veuillez réessayer ou aller à l’accueil.
request-raising = Nous prévenons l’accueil…
request-kept = L’accueil n’est pas encore joint. Votre demande est gardée et partira seule. Veuillez aller à l’accueil.
request-not-kept = Nous n’avons pas pu prévenir l’accueil. Veuillez y aller.
request-delivered = L’accueil a reçu votre demande.
go-on = Continuer ici
try-again = Réessayer
finish = Terminer

## Start over?
start-over-title = Recommencer ?
start-over-line = Tout ce que vous avez tapé sera effacé.
start-over-yes = Oui, recommencer
start-over-no = Non, continuer

## Done
done-title = Arrivée enregistrée
done-before-title = Arrivée déjà enregistrée
your-number = Votre numéro
wait-none = Nous vous appellerons dans un instant.
wait-less = { $minutes ->
    [one] Vous serez sans doute appelé dans moins de { $minutes } minute.
   *[other] Vous serez sans doute appelé dans moins de { $minutes } minutes.
}
wait = { $until ->
    [one] Vous serez sans doute appelé dans { $from } à { $until } minute.
   *[other] Vous serez sans doute appelé dans { $from } à { $until } minutes.
}
wait-hours = Vous serez sans doute appelé dans { $from } à { $until } heures.
come-back = Pas d’appel à { $time } ? Venez à l’accueil.
paper-reserved = Votre ticket s’imprime.
paper-printed = Votre ticket est prêt. Prenez-le.
paper-not-printed = Pas de papier ? Retenez votre numéro ou photographiez-le.
paper-not-known = Si rien n’est sorti : retenez votre numéro ou photographiez-le.
print-again = Réimprimer mon ticket
write-down = Texte à noter
ticket-code = Code de votre ticket

## Paying
pay-bill = Payer une facture
pay-title = À payer
pay-total = Total
pay-balance = Reste à payer d’avant
pay-by-card = Payer par carte
pay-by-code = Payer avec un code sur votre téléphone
pay-at-desk = Payer à l’accueil
pay-later = Payer plus tard : cela ne retarde pas votre visite
pay-not-now = Pas maintenant
pay-no-way = Cela ne peut pas être payé ici. Veuillez payer à l’accueil.
pay-other-currency = Il y a autre chose à payer, dans une autre monnaie. Veuillez le payer à l’accueil.
pay-nothing-title = Il n’y a rien à payer
pay-nothing-line = Vous n’avez rien à payer maintenant.
pay-in-doubt-title = Un paiement reste à vérifier
pay-in-doubt-line = Ne payez pas à nouveau. L’accueil vérifie ce qu’il en est et vous le dira.
pay-card-preparing = Un instant : le terminal se prépare.
pay-card-present = Veuillez présenter votre carte au terminal.
pay-card-at-work = Veuillez patienter : le terminal traite l’opération.
pay-card-says = Le terminal indique :
pay-stop = Arrêter
pay-stopping = Arrêt en cours…
pay-code-preparing = Un instant : nous préparons votre code
pay-code-label = Scannez avec l’appli de votre banque et payez.
pay-code-reference = Référence : { $code }
pay-code-paid = J’ai payé
pay-other-way = Payer autrement
pay-code-waiting = En attente de la confirmation…
pay-code-waiting-line = Cela peut prendre quelques minutes. Veuillez ne pas payer à nouveau.
pay-code-leave = Je ne peux pas attendre
pay-at-desk-title = Veuillez payer à l’accueil
pay-at-desk-line = Donnez votre nom à l’accueil. Personne n’a besoin de payer avant la visite.
# The three words: charged, not charged, not known yet.
pay-charged = Payé : { $amount }
pay-not-charged = Non débité
pay-not-known = Pas encore connu : ne payez pas à nouveau
pay-not-known-card = L’accueil vérifie sur le terminal si la somme a été débitée et vous le dira.
pay-not-known-code = L’accueil vérifie auprès de la banque si la somme a été payée et vous le dira.
pay-why-declined = La carte a été refusée. Veuillez demander à votre banque ou payer autrement.
pay-why-cancelled = Le paiement a été arrêté. Vous pouvez réessayer ou payer à l’accueil.
pay-why-timed-out = Aucune carte n’a été présentée à temps. Vous pouvez réessayer ou payer à l’accueil.
pay-why-unreadable = La carte n’a pas pu être lue. Veuillez réessayer ou payer à l’accueil.
pay-why-terminal = Le terminal n’est pas utilisable maintenant. Veuillez payer à l’accueil.
pay-why-code = Le paiement par code n’a pas été possible. Veuillez réessayer ou payer à l’accueil.
pay-why-not-due = C’est déjà payé, ou en train d’être payé ailleurs. En cas de doute, veuillez demander à l’accueil.
pay-why-known-now = Nous le savons maintenant : rien n’a été débité. Vous pouvez réessayer ou payer à l’accueil.
pay-receipt-reserved = Votre reçu s’imprime.
pay-receipt-printed = Veuillez prendre votre reçu.
pay-receipt-not-printed = Votre reçu n’a pas pu être imprimé. Il est à l’accueil.
pay-receipt-not-known = Si aucun reçu n’est sorti : l’accueil en a un.
pay-receipt-desk = Votre reçu est à l’accueil.
pay-doubt-reserved = Un papier avec cette information s’imprime.
pay-doubt-printed = Veuillez prendre le papier avec cette information.
pay-ticket-stays = Votre ticket { $number } reste valable.
pay-back-to-ticket = Retour à mon ticket
done-owed = Payez maintenant ou plus tard : votre visite n’attend pas.
done-in-doubt = Ne payez pas à nouveau : un paiement est à vérifier.
done-pay = Payer { $amount } maintenant

## Families, and acting for another
another-person = Enregistrer un autre membre de la famille
family-also = Enregistrer aussi : { $names }
family-all = Enregistrer tout le monde
family-title = Tout le monde est enregistré
family-ticket = { $name } : { $number }, appel entre { $begin } et { $end }
family-paper-reserved = Vos tickets s’impriment.
family-paper-printed = Vos tickets sont imprimés. Veuillez tous les prendre.
family-paper-missing = Si un ticket n’est pas sorti : veuillez retenir son numéro ou le prendre en photo.
acting-here-title = Avez-vous aussi un dossier de patient ici ?
acting-here-hint = Alors vous n’avez pas à taper votre nom et votre numéro de téléphone.
acting-here-yes = Oui, j’ai un dossier ici
acting-here-no = Non
acting-name-title = Quel est votre propre nom ?
acting-name-hint = Prénom et nom de famille : les vôtres, pas ceux du patient.
acting-phone-title = Quel est votre numéro de téléphone ?
acting-phone-hint = Nous pourrons vous joindre au sujet du patient.
acting-date-title = Quelle est votre propre date de naissance ?
acting-family-title = Quel est votre propre nom de famille ?
acting-confirm-line = Aujourd’hui, vous agissez pour quelqu’un d’autre.
acting-consent-title = Êtes-vous d’accord ?
patient-date-title = Quelle est la date de naissance du patient ?
patient-family-title = Quel est le nom de famille du patient ?
confirm-patient-title = Est-ce bien le patient ?
thats-the-patient = Oui, c’est le patient
not-the-patient = Non, c’est quelqu’un d’autre

## Nobody seems to be there
warning-title = Êtes-vous toujours là ?
seconds-left = { $seconds ->
    [one] Encore { $seconds } seconde, puis tout sera effacé
   *[other] Encore { $seconds } secondes, puis tout sera effacé
}
still-here = Je suis toujours là

## The printed ticket
ticket-copy = COPIE
ticket-appointment = Rendez-vous à { $time }
ticket-expected = Appel entre { $begin } et { $end }
ticket-issued = { $date }, { $time }

## The printed receipt of a payment
receipt-charged = PAYÉ
receipt-not-charged = NON DÉBITÉ
receipt-not-known = PAS ENCORE CONNU : NE PAYEZ PAS À NOUVEAU
receipt-not-known-line = L’accueil vérifie si la somme a été débitée et vous le dira. Veuillez garder ce papier.
receipt-by-card = Par carte
receipt-by-code = Par code sur le téléphone
receipt-at-desk = À l’accueil
receipt-payment = Paiement :
receipt-terminal = Terminal : { $code }
receipt-number = Numéro de reçu : { $number }
receipt-authorisation = Autorisation : { $code }
receipt-card = Carte : { $code }
receipt-of-terminal = Reçu du terminal

## What do you need?
need-title = Comment vous aider ?
call-person = Appeler quelqu’un
need-prompt = Ou dites-nous de quoi il s’agit :
my-case = J’ai un numéro de demande
words-optional = Écrivez ce qu’il faut savoir, si vous le voulez.
words-required = Écrivez avec vos mots, dans votre langue.
problem-no-words = Écrivez d’abord quelques mots.
send = Envoyer
for-somebody-else = Je viens pour quelqu’un d’autre
here-for = Vous venez pour : { $name }
here-for-title = Pour qui venez-vous ?
here-for-hint = Touchez ce qui convient. Seul le patient peut faire certaines choses ; l’accueil vous aidera pour celles-là.
not-allowed-line = L’accueil fera cela avec vous et le patient.
request-resolved = C’est résolu.

## An emergency
emergency-calling = Nous appelons l’accueil…
emergency-delivered = L’accueil est prévenu. Quelqu’un arrive.
emergency-not-delivered = L’accueil ne répond pas. Appelez à l’aide à voix haute.
emergency-over = Quelqu’un est là

## Speaking with the desk
message-waits = L’accueil vous a écrit
message-read = Lire
talk-title = Vous et l’accueil
message-not-kept = Votre message n’a pas pu être envoyé. Veuillez le dire à l’accueil.
talk-none = Aucun message pour l’instant. Ce que l’accueil écrit s’affiche ici.
talk-write = Écrire une réponse
talk-close = Fermer
said-by = { $name }, { $time }
said-by-you = Vous, { $time }
reply-title = Que souhaitez-vous dire ?
reply-hint = Écrivez-le avec vos propres mots, dans n’importe quelle langue.

## Cases
case-title = Votre demande { $number }
case-code = Code : { $code }
case-answer-by = Vous aurez notre réponse le { $date } au plus tard.
slip-reserved = Votre fiche s’imprime.
slip-printed = Prenez votre fiche : elle vous permet de voir ici, à tout moment, où en est votre demande.
slip-not-printed = Aucune fiche n’est sortie. Notez le numéro et le code, ou une photo : ils ouvrent votre demande.
case-taken = { $name } s’en occupe.
case-overdue = Notre réponse est en retard. La direction en a été informée.
case-number-title = Quel est le numéro de votre demande ?
case-number-hint = Seulement les chiffres, comme sur votre fiche.
case-code-title = Quel est le code sur votre fiche ?
case-code-hint = Six chiffres.
case-no-match = Nous n’avons pas trouvé de demande avec ces chiffres. Veuillez vérifier le numéro et le code.

## Practice
practice = EXERCICE : rien n’est réel ici

## The printed slip of a case
slip-title = Votre demande
slip-received = Reçue : { $date }, { $time }
slip-subject = Sujet : { $subject }
slip-to = Transmise à : { $name }
slip-code = Code : { $code }
slip-taken-up-by = Nous vous dirons le { $date } au plus tard qui s’en occupe.
slip-how = Montrez cette fiche à n’importe quelle borne pour voir où en est votre demande. Gardez-la : elle ouvre votre demande.

## The display of the waiting room
display-title = Salle d’attente
# Stands above the place, beside the number.
display-go-to = Veuillez rejoindre
# Stands while nobody was called yet.
display-idle = Votre numéro sera appelé ici
display-last-calls = Appels précédents
# Is spoken. $number: spelled for a voice; $place: as the clinic calls it, such as "Room 1"
display-spoken = Ticket { $number }. Veuillez rejoindre : { $place }.
display-late = { $minutes ->
    [one] { $service } : environ { $minutes } minute de retard
   *[other] { $service } : environ { $minutes } minutes de retard
}
# How long somebody who comes now would wait. $from, $until: minutes
display-wait = { $until ->
    [one] { $service } : attente de { $from } à { $until } minute
   *[other] { $service } : attente de { $from } à { $until } minutes
}
display-wait-less = { $minutes ->
    [one] { $service } : attente de moins de { $minutes } minute
   *[other] { $service } : attente de moins de { $minutes } minutes
}
# $from, $until: hours, such as "1½"
display-wait-hours = { $service } : attente de { $from } à { $until } heures
# $time: since when the display has heard nothing of the desk
display-lost = Pas à jour depuis { $time }. Veuillez écouter les appels ou demander à l’accueil.
display-sound = Touchez ici pour activer le son

## Days, for chrono's format_localized
date-pattern = %A %-d %B
date-pattern-short = %a %-d %b
whole-date-pattern = %-d %B %Y

## The voice
voice-how-to-move = Utilisez les flèches pour vous déplacer et la touche ronde pour choisir.
voice-how-to-hear = La touche d'aide répète tout ; appuyée deux fois, elle demande de l'aide. La touche de volume change la force de ma voix, la touche de vitesse sa rapidité.
voice-any-key = Appuyez sur une touche pour continuer.
voice-choices = { $steps ->
    [one] { $steps } choix.
   *[other] { $steps } choix.
}
voice-sign = Avec les touches, choisissez « { $name } ».
voice-entered = Vous avez saisi : { $name }.
voice-character = caractère
voice-erased = effacé
voice-scroll-up = Afficher ce qui précède
voice-scroll-down = Afficher la suite
voice-shift = Majuscule
voice-chosen = choisi
voice-not-chosen = non choisi
voice-button = bouton
voice-position = { $step } sur { $steps }
voice-volume = Volume { $step } sur { $steps }
voice-speed = Vitesse { $step } sur { $steps }
