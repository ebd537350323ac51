# Every text that patients read, in Spanish. It says "usted", avoids words that would have to guess whether
# the patient is a man or a woman, and asks for "apellidos", since most papers carry two.

## The language itself
# Its own name, as its speakers look for it; left-to-right or right-to-left; its script by ISO 15924; the POSIX locale
# that names its days and months.
language-name = Español
language-direction = left-to-right
language-script = Latn
language-locale = es_ES
# An amount, with a sign that everybody knows ($sign is €) or with a code ($sign is CHF); no line may end in it.
money = { $figures } { $sign }
money-with-code = { $figures } { $sign }
# How a voice says the letters A to Z and the figures 0 to 9 of a ticket's number.
spoken-letters = a | be | ce | de | e | efe | ge | hache | i | jota | ka | ele | eme | ene | o | pe | cu | erre | ese | te | u | uve | uve doble | equis | i griega | zeta
spoken-figures = cero | uno | dos | tres | cuatro | cinco | seis | siete | ocho | nueve
# The keyboard: a line is a row, a word is a key. Before the last row of letters that have capitals stands the shift
# key, which takes the room of two.
keyboard-name = ABC
keyboard-letters =
    á é í ó ú ü ' - . ,
    q w e r t y u i o p
    a s d f g h j k l ñ
    z x c v b n m ç
keyboard-signs =
    1 2 3 4 5 6 7 8 9 0
    ¿ ¡ / @ ? ! # & + :
    à â ã ä å æ è ê ë ï
    ì î ò ô õ ö ù û

## The frame
need-help = Necesito ayuda
start-over = Empezar de nuevo
# $name: whoever at the desk took the request
on-the-way = { $name } viene a ayudarle

## How the screen shall be
# Said of a button that has only a sign
preferences = Tamaño del texto, contraste e idioma
preferences-title = ¿Qué le ayudaría?
text-size = Tamaño del texto
text-normal = Normal
text-large = Grande
text-largest = Muy grande
high-contrast = Alto contraste
within-reach = Botones más abajo
no-motion = Sin movimiento
more-time = Más tiempo
ignore-double-taps = Ignorar toques dobles
preferences-done = Listo

## Welcome
welcome-title = Bienvenidos
welcome-prompt = ¿Qué desea hacer?
have-appointment = Tengo cita
new-here = Es mi primera visita
scan-hint = O ponga el código de su carta bajo el lector.

## Every question
progress = Paso { $step } de { $steps }
back = Atrás
next = Siguiente
erase-key = Borrar el último carácter
space-key = Espacio
layout-key = Cambiar las letras
type-here = Toque las letras
day = Día
month = Mes
year = Año
date-hint = Día, mes y año: 07 11 1950, por ejemplo.

## Who are you?
identify-date-title = ¿Cuándo nació usted?
identify-date-with-code-hint = Hemos leído su código. Ahora indique, por favor, su fecha de nacimiento.
identify-family-title = ¿Cuáles son sus apellidos?
identify-family-hint = Como figuran en sus documentos.
no-match = No le encontramos con estas respuestas. Revise las dos e inténtelo de nuevo.
unknown-code = No podemos usar este código. Escriba sus respuestas, por favor.

## How to put an answer right
problem-empty = Escriba primero una respuesta, por favor.
problem-no-letter = Un nombre necesita al menos una letra.
problem-date-incomplete = Escriba dos cifras para el día, dos para el mes y cuatro para el año.
problem-no-such-day = Este día no existe en el calendario. Revise el día y el mes.
problem-date-in-the-future = Esta fecha aún no ha llegado. Revise el año.
problem-date-too-long-ago = Este año queda demasiado lejos. Revíselo, por favor.
problem-phone-too-short = Este número es demasiado corto. Revíselo, por favor.
problem-phone-too-long = Este número es demasiado largo. Revíselo, por favor.
problem-nothing-chosen = Elija una de las respuestas, por favor.

## Registration
given-name-title = ¿Cuál es su nombre?
given-name-hint = Todos sus nombres, como en sus documentos.
family-name-title = ¿Cuáles son sus apellidos?
family-name-hint = Como figuran en sus documentos.
birth-title = ¿Cuándo nació usted?
sex-title = ¿Cuál es su sexo?
sex-hint = Como figura en sus documentos.
sex-female = Mujer
sex-male = Hombre
sex-other = Otro
sex-unknown = Prefiero no decirlo
phone-title = ¿Cuál es su número de teléfono?
phone-hint = Solo le llamaremos por su atención médica.
street-title = ¿Dónde vive?
street-hint = Calle y número.
town-title = ¿En qué localidad?
town-hint = Código postal y localidad.
contact-name-title = ¿A quién podemos llamar en una emergencia?
contact-name-hint = Nombre y apellidos.
contact-phone-title = ¿Cuál es el teléfono de esa persona?
contact-phone-hint = Con el prefijo del país si es del extranjero.
language-title = ¿Qué idioma prefiere?
language-hint = Intentaremos hablarle en este idioma.
reason-title = ¿Qué le trae hoy por aquí?
reason-hint = Elija lo que mejor encaje.
consent-title = ¿Podemos guardar lo que ha introducido?
consent-yes = Acepto
consent-no = No acepto

## Registration: what a clinic may ask besides, and how to put it right
skip = Omitir
# $name: the step, such as "About you"; $progress: the text above
progress-of = { $name }: { $progress }
further-family-name-title = ¿Tiene un segundo apellido?
previous-family-name-title = ¿Tuvo antes otro apellido?
previous-family-name-hint = Por ejemplo, el de antes de casarse.
email-title = ¿Cuál es su correo electrónico?
email-hint = Solo escribimos por su atención.
postal-code-title = ¿Cuál es su código postal?
postal-code-hint = Como aparece en sus cartas.
region-title = ¿En qué provincia?
contact-relation-title = ¿Qué relación tiene con usted?
contact-relation-hint = Madre, marido o vecina, por ejemplo.
insurer-title = ¿Cuál es su aseguradora?
insurer-hint = Como aparece en su tarjeta.
scheme-number-title = ¿Cuál es su número de seguro?
scheme-number-hint = Como aparece en su tarjeta.
# $example: an answer that fits
own-example = Por ejemplo: { $example }
problem-phone-unknown = No conocemos este número. Revíselo; si es de otro país, empieza por + y el prefijo del país.
problem-email = Escriba la dirección completa, como nombre@example.org.
# $example: a postal code of the country
problem-postal-code = Escriba también el código postal: { $example }, por ejemplo.
problem-number-format = En la tarjeta este número tiene otra forma. Compárelo con la tarjeta.
problem-check-digit = Una cifra no es correcta. Compare el número con la tarjeta.
problem-own-format = Escríbalo en la forma que se pide.
problem-too-long = Es demasiado largo. Revíselo.
## Los formularios de la clínica
form-step = { $form }: { $step } de { $steps }
yes = Sí
no = No
decimal-key = ,
form-several-hint = Toque todo lo que corresponda.
form-number-hint = De { $least } a { $most }.
signature-pad = Firme aquí con el dedo
signature-name = Su nombre y apellidos
signature-clear = Borrar
signature-type = Escribir mi nombre
signature-draw = Firmar con el dedo
review-title = ¿Está todo bien?
review-hint = Toque una respuesta para cambiarla.
review-none = Sin respuesta
review-signed = Firmado
review-signed-by = Firmado: { $name }
form-problem-too-long = Es demasiado largo. Escriba como mucho { $most } caracteres.
problem-date-past = Este día ya ha pasado. Compruébelo, por favor.
problem-date-far-away = Este año queda demasiado lejos. Compruébelo, por favor.
problem-no-number = Escriba un número, por favor.
problem-whole-number = Escriba un número entero, por favor.
problem-decimals = Escriba como mucho { $most } cifras tras la coma.
problem-too-small = Compruebe el número: es { $least } como mínimo.
problem-too-large = Compruebe el número: es { $most } como máximo.
problem-not-signed = Primero firme o escriba su nombre, por favor.
problem-only-a-dot = Solo vemos un punto. Firme otra vez, por favor.

## Waiting for the kiosk itself
looking-title = Un momento, por favor
looking-line = Estamos buscando sus datos.

## Is this you?
confirm-title = ¿Es usted?
confirm-today = Hoy a las { $time }
confirm-other-day = El { $date } a las { $time }
confirm-no-appointment = Hoy no tiene cita
thats-me = Sí, soy yo
not-me = No, no soy yo

## Appointments
appointments = Pedir, cambiar o anular cita
booking-title = Sus citas
booking-hint = Toque una para cambiarla o anularla.
booking-new = Pedir una cita nueva
booking-one-title = ¿Qué desea hacer?
booking-move = Elegir otra hora
booking-earlier = Avísenme si queda libre una hora antes
booking-cancel = Anularla
booking-cancel-title = ¿Anular esta cita?
booking-cancel-yes = Sí, anularla
booking-cancel-no = No, mantenerla
booking-cancelled-title = Su cita está anulada
booking-cancelled-line = Gracias por avisarnos: otra persona puede usar ahora esta hora.
booking-another = Pedir otra cita
booking-offer-title = Ha quedado libre esta hora. ¿La quiere?
booking-offer-yes = Sí, la quiero
booking-offer-no = No, gracias
booking-service-title = ¿Para qué es la cita?
booking-clinician-title = ¿Con quién desea la cita?
booking-anybody = Quien esté libre antes
booking-part-title = ¿Qué momento del día le viene bien?
booking-first = Lo antes posible: { $date }, { $time }
booking-any-time = Cualquier hora
booking-morning = Por la mañana
booking-afternoon = Por la tarde
booking-evening = Al final de la tarde
booking-day-title = ¿Qué día le viene bien?
booking-time-title = ¿A qué hora?
booking-review-title = ¿Reservamos esta hora?
booking-walk-in-title = Esta es la próxima hora libre de hoy. ¿La reservamos?
booking-move-title = ¿Cambiamos su cita a esta hora?
booking-instead-of = En lugar de { $date }, { $time }
booking-review-yes = Reservar esta hora
booking-move-yes = Sí, cambiarla
booking-review-no = Otra hora
booking-taken = Otra persona acaba de reservar esta hora. Elija otra, por favor.
booking-changed = Esta hora ya no se ofrece. Elija otra, por favor.
booking-none-title = No hay horas libres
booking-none-today = Hoy ya no queda ninguna hora libre.
booking-none = Ahora mismo no se puede reservar ninguna hora aquí.
booking-other-days = Ver otros días
booking-wait = Avísenme cuando quede libre una hora
booking-waiting-title = Está en la lista de espera
booking-waiting-line = Cuando quede libre una hora, se lo diremos. También puede preguntar aquí cuando quiera.
booked-title = Su cita está reservada
booked-moved-title = Su cita está cambiada
booked-bring = Traiga el resguardo: con su código registra su llegada.
booked-slip-printed = Recoja el resguardo, por favor.
booked-slip-not-printed = No ha salido el resguardo. Anote el día y la hora, o haga una foto de los códigos.
booked-check-in-code = Su llegada
booked-calendar-code = Calendario
booked-check-in = Registrarme ahora
appointment-slip-title = Su cita
wish-title = Hemos anotado su petición
wish-line = Vale cuando recepción la confirme. No la pida otra vez, por favor.
## Details on file, and what a document says
details-address-title = ¿Sigue viviendo aquí?
details-phone-title = ¿Seguimos localizándole en este número?
details-email-title = ¿Sigue siendo este su correo?
details-contact-title = ¿Llamamos todavía a esta persona en una emergencia?
details-yes = Sí, es correcto
details-change = No, cambiarlo
document-title = ¿Es correcto?
document-yes = Sí, es correcto
document-no = No, lo escribiré
document-unknown-title = No le hemos encontrado
document-unknown-line = Si es su primera vez aquí, puede registrarse ahora. Su documento rellena las primeras respuestas.
document-unknown-desk = Si ya ha estado aquí, diríjase a recepción.
document-register = Registrarme
one-of-several-codes = Esta tarjeta tiene varios códigos. Escriba sus respuestas, por favor.

## An arrival that cannot be checked in now
early-title = Ha llegado pronto
early-appointment = Su cita es a las { $time }.
early-opens = Podrá registrar su llegada a partir de las { $time }. Vuelva entonces a este terminal, por favor.
other-day-title = Su cita es otro día
other-day-appointment = El { $date } a las { $time }
other-day-line = Si necesita que le atiendan hoy, pregunte en recepción.
ask-desk = Preguntar en recepción

## An arrival that the clinic's routines answer
other-site-title = Su cita es en otro lugar
other-site-appointment = Su cita de las { $time } es en: { $name }
missed-line = Su cita ya ha pasado. En recepción buscarán otra hora con usted.
balance-line = Por favor, hable primero con el personal de recepción.
walk-in-line = También puede coger un número y esperar a que le llamen.
walk-in-take = Coger un número

## A person is needed
help-title = Estamos avisando a alguien
help-line = Espere aquí, por favor, o acuda a recepción.
to-desk-title = Acuda a recepción, por favor
not-identified-line = No le hemos encontrado en tres intentos. En recepción le ayudarán.
several-records-line = Una persona debe comprobar cuál es su ficha. Será solo un momento.
not-that-person-line = En recepción buscarán su ficha.
possible-duplicate-line = En recepción terminarán su registro. No tendrá que responder a nada otra vez.
late-line = El plazo para registrar su llegada ha terminado. En recepción le dirán cómo seguir.
cancelled-line = Su cita de hoy fue anulada. En recepción se lo explicarán.
changed-line = La clínica ha tenido que cambiar su cita de hoy a las { $time }.
changed-now = Su cita es ahora: { $date } a las { $time }
changed-desk-line = Sentimos no haber podido avisarle antes. En recepción buscarán con usted una hora que le convenga.
no-appointment-line = No tenemos ninguna cita suya para hoy. En recepción le ayudarán.
no-consent-line = No se ha guardado nada de lo que ha introducido. En recepción le ayudarán.
closed-title = Este terminal está cerrado
closed-way = Acuda a recepción, por favor. Allí le atenderán.
fault-title = Este terminal tiene un problema
fault-line = No se ha perdido nada. Inténtelo de nuevo o acuda a recepción.
request-raising = Avisando a recepción …
request-kept = Aún no hemos podido avisar a recepción. Su solicitud está guardada y se enviará sola. Acuda a recepción, por favor.
request-not-kept = No hemos podido avisar a recepción. Acuda allí, por favor.
request-delivered = Recepción ha recibido su solicitud.
go-on = Seguir aquí
try-again = Intentar de nuevo
finish = Terminar

## Start over?
start-over-title = ¿Empezar de nuevo?
start-over-line = Se borrará todo lo que ha escrito.
start-over-yes = Sí, empezar de nuevo
start-over-no = No, seguir

## Done
done-title = Su llegada está registrada
done-before-title = Su llegada ya estaba registrada
your-number = Su número
wait-none = Le llamarán en un momento.
wait-less = { $minutes ->
    [one] Probablemente le llamarán en menos de { $minutes } minuto.
   *[other] Probablemente le llamarán en menos de { $minutes } minutos.
}
wait = { $until ->
    [one] Probablemente le llamarán en { $from } a { $until } minuto.
   *[other] Probablemente le llamarán en { $from } a { $until } minutos.
}
wait-hours = Probablemente le llamarán en { $from } a { $until } horas.
come-back = ¿No le han llamado a las { $time }? Acuda a recepción, por favor.
paper-reserved = Se está imprimiendo su tique.
paper-printed = Su tique está impreso. Recójalo, por favor.
paper-not-printed = No ha salido ningún papel. Recuerde su número o hágale una foto.
paper-not-known = Si no ha salido ningún papel, recuerde su número o hágale una foto.
print-again = Imprimir mi tique otra vez
write-down = Texto para apuntar
ticket-code = Código de su tique

## Paying
pay-bill = Pagar una factura
pay-title = Importe pendiente
pay-total = En total
pay-balance = Saldo anterior
pay-by-card = Pagar con tarjeta
pay-by-code = Pagar con un código en su teléfono
pay-at-desk = Pagar en recepción
pay-later = Pagar más tarde: su visita no espera por ello
pay-not-now = Ahora no
pay-no-way = Esto no se puede pagar aquí. Pague en recepción, por favor.
pay-other-currency = Hay algo más pendiente en otra moneda. Páguelo en recepción, por favor.
pay-nothing-title = No hay nada pendiente
pay-nothing-line = Ahora no tiene que pagar nada.
pay-in-doubt-title = Hay un pago sin aclarar
pay-in-doubt-line = No vuelva a pagar. Recepción averigua qué ha pasado y se lo dice.
pay-card-preparing = Un momento: el terminal se está preparando.
pay-card-present = Acerque o introduzca su tarjeta en el terminal.
pay-card-at-work = Espere, por favor: el terminal está trabajando.
pay-card-says = El terminal dice:
pay-stop = Detener
pay-stopping = Deteniendo …
pay-code-preparing = Un momento: se está creando su código
pay-code-label = Escanee este código con la aplicación de su banco y pague allí.
pay-code-reference = Referencia: { $code }
pay-code-paid = Ya he pagado
pay-other-way = Pagar de otra forma
pay-code-waiting = Esperando la confirmación …
pay-code-waiting-line = Puede tardar unos minutos. No vuelva a pagar, por favor.
pay-code-leave = No puedo esperar
pay-at-desk-title = Pague en recepción, por favor
pay-at-desk-line = Diga allí su nombre. Nadie tiene que pagar antes de la visita.
# The three words: charged, not charged, not known yet.
pay-charged = Cobrado: { $amount }
pay-not-charged = No cobrado
pay-not-known = Aún no se sabe: no vuelva a pagar
pay-not-known-card = Recepción averigua con el terminal si se ha cobrado y se lo dice.
pay-not-known-code = Recepción averigua con el banco si se ha pagado y se lo dice.
pay-why-declined = La tarjeta ha sido rechazada. Pregunte a su banco o pague de otra forma.
pay-why-cancelled = El pago se ha detenido. Puede intentarlo de nuevo o pagar en recepción.
pay-why-timed-out = No se ha presentado ninguna tarjeta a tiempo. Puede intentarlo de nuevo o pagar en recepción.
pay-why-unreadable = No se ha podido leer la tarjeta. Inténtelo de nuevo o pague en recepción.
pay-why-terminal = El terminal no se puede usar ahora. Pague en recepción, por favor.
pay-why-code = No ha sido posible pagar con código. Inténtelo de nuevo o pague en recepción.
pay-why-not-due = Ya está pagado o se está pagando en otro lugar. Si tiene dudas, pregunte en recepción.
pay-why-known-now = Ya se sabe: no se ha cobrado nada. Puede intentarlo de nuevo o pagar en recepción.
pay-receipt-reserved = Su recibo se está imprimiendo.
pay-receipt-printed = Recoja su recibo, por favor.
pay-receipt-not-printed = No se ha podido imprimir su recibo. Lo tienen en recepción.
pay-receipt-not-known = Si no ha salido ningún recibo: lo tienen en recepción.
pay-receipt-desk = Su recibo está en recepción.
pay-doubt-reserved = Se está imprimiendo un papel que lo dice.
pay-doubt-printed = Recoja el papel que lo dice, por favor.
pay-ticket-stays = Su tique { $number } sigue siendo válido.
pay-back-to-ticket = Volver a mi tique
done-owed = Pague ahora o más tarde: su visita no espera.
done-in-doubt = No vuelva a pagar: hay un pago sin aclarar.
done-pay = Pagar { $amount } ahora

## Families, and acting for another
another-person = Registrar a otra persona de la familia
family-also = Registrar también: { $names }
family-all = Registrarnos a todos
family-title = Ya están todos registrados
family-ticket = { $name }: { $number }, le llamarán entre las { $begin } y las { $end }
family-paper-reserved = Se están imprimiendo sus tiques.
family-paper-printed = Sus tiques están impresos. Recójalos todos, por favor.
family-paper-missing = Si no ha salido algún tique: recuerde su número o hágale una foto.
acting-here-title = ¿Es usted también paciente aquí?
acting-here-hint = Entonces no tendrá que escribir su nombre ni su teléfono.
acting-here-yes = Sí, soy paciente aquí
acting-here-no = No
acting-name-title = ¿Cómo se llama usted?
acting-name-hint = Su nombre y apellidos, no los del paciente.
acting-phone-title = ¿Cuál es su número de teléfono?
acting-phone-hint = Podremos hablar con usted sobre el paciente.
acting-date-title = ¿Cuándo nació usted?
acting-family-title = ¿Cuáles son sus propios apellidos?
acting-confirm-line = Hoy actúa en nombre de otra persona.
acting-consent-title = ¿Está de acuerdo?
patient-date-title = ¿Cuándo nació el paciente?
patient-family-title = ¿Cuáles son los apellidos del paciente?
confirm-patient-title = ¿Es este el paciente?
thats-the-patient = Sí, es el paciente
not-the-patient = No, es otra persona

## Nobody seems to be there
warning-title = ¿Sigue usted ahí?
seconds-left = { $seconds ->
    [one] Queda { $seconds } segundo; después se borrará todo
   *[other] Quedan { $seconds } segundos; después se borrará todo
}
still-here = Sigo aquí

## The printed ticket
ticket-copy = COPIA
ticket-appointment = Cita a las { $time }
ticket-expected = Llamada entre las { $begin } y las { $end }
ticket-issued = { $date }, { $time }

## The printed receipt of a payment
receipt-charged = COBRADO
receipt-not-charged = NO COBRADO
receipt-not-known = AÚN NO SE SABE: NO VUELVA A PAGAR
receipt-not-known-line = Recepción averigua si se ha cobrado y se lo dice. Guarde este papel, por favor.
receipt-by-card = Con tarjeta
receipt-by-code = Con un código en el teléfono
receipt-at-desk = En recepción
receipt-payment = Pago:
receipt-terminal = Terminal: { $code }
receipt-number = Número de recibo: { $number }
receipt-authorisation = Autorización: { $code }
receipt-card = Tarjeta: { $code }
receipt-of-terminal = Recibo del terminal

## What do you need?
need-title = ¿En qué podemos ayudarle?
call-person = Llamar a una persona
need-prompt = O díganos de qué se trata:
my-case = Tengo un papel con número de caso
words-optional = Puede escribir lo que debamos saber. No es obligatorio.
words-required = Escríbalo con sus palabras, en cualquier idioma.
problem-no-words = Por favor, escriba antes unas palabras.
send = Enviar
for-somebody-else = Vengo por otra persona
here-for = Viene por: { $name }
here-for-title = ¿Por quién viene?
here-for-hint = Toque lo que corresponda. Algunas cosas solo puede hacerlas el paciente; en recepción le ayudan con ellas.
not-allowed-line = En recepción lo harán con usted y con el paciente.
request-resolved = Esto está resuelto.

## An emergency
emergency-calling = Avisando a recepción …
emergency-delivered = Recepción está avisada. Viene alguien.
emergency-not-delivered = Recepción no responde. Pida ayuda en voz alta ahora.
emergency-over = Ya hay alguien aquí

## Speaking with the desk
message-waits = Recepción le ha escrito
message-read = Leer
talk-title = Usted y recepción
message-not-kept = No se pudo enviar su mensaje. Dígalo en recepción, por favor.
talk-none = Todavía no hay mensajes. Lo que escriba recepción aparece aquí.
talk-write = Escribir una respuesta
talk-close = Cerrar
said-by = { $name }, { $time }
said-by-you = Usted, { $time }
reply-title = ¿Qué quiere decir?
reply-hint = Escríbalo con sus palabras, en cualquier idioma.

## Cases
case-title = Su caso { $number }
case-code = Código: { $code }
case-answer-by = Tendrá nuestra respuesta a más tardar el { $date }.
slip-reserved = Se está imprimiendo su papel.
slip-printed = Tome su papel: con él puede ver aquí en cualquier momento cómo va.
slip-not-printed = No salió el papel. Anote el número y el código o haga una foto: abren su caso.
case-taken = { $name } se ocupa de ello.
case-overdue = Nuestra respuesta se retrasa. Se ha avisado a la dirección.
case-number-title = ¿Cuál es su número de caso?
case-number-hint = Solo las cifras, como están en el papel.
case-code-title = ¿Cuál es el código del papel?
case-code-hint = Seis cifras.
case-no-match = No encontramos ningún caso con estas cifras. Por favor, revise ambas.

## Practice
practice = PRÁCTICAS: nada de esto es real

## The printed slip of a case
slip-title = Su caso
slip-received = Recibido: { $date }, { $time }
slip-subject = Asunto: { $subject }
slip-to = Va a: { $name }
slip-code = Código: { $code }
slip-taken-up-by = A más tardar el { $date } le confirmamos quién se ocupa.
slip-how = Muestre este papel en cualquier quiosco para ver cómo va. Guárdelo: abre su caso.

## The display of the waiting room
display-title = Sala de espera
display-go-to = Pase, por favor, a
display-idle = Su número aparecerá aquí
display-last-calls = Llamados antes
display-spoken = Turno { $number }. Por favor, pase a { $place }.
display-late = { $minutes ->
    [one] { $service } va con un retraso de { $minutes } minuto aproximadamente
   *[other] { $service } va con un retraso de unos { $minutes } minutos
}
display-wait = { $until ->
    [one] { $service }: espera de { $from } a { $until } minuto
   *[other] { $service }: espera de { $from } a { $until } minutos
}
display-wait-less = { $minutes ->
    [one] { $service }: espera de menos de { $minutes } minuto
   *[other] { $service }: espera de menos de { $minutes } minutos
}
display-wait-hours = { $service }: espera de { $from } a { $until } horas
display-lost = Sin actualizar desde las { $time }. Esté atento a las llamadas o pregunte en recepción.
display-sound = Toque aquí para activar el sonido

## Days, for chrono's format_localized
date-pattern = %A %-d de %B
date-pattern-short = %a %-d %b
whole-date-pattern = %-d de %B de %Y

## The voice
voice-how-to-move = Muévase con las teclas de flecha y elija con la tecla redonda.
voice-how-to-hear = La tecla de ayuda lo repite todo; pulsada dos veces, pide ayuda. La tecla de volumen cambia la intensidad de mi voz y la de velocidad, su rapidez.
voice-any-key = Pulse cualquier tecla para continuar.
voice-choices = { $steps ->
    [one] { $steps } opción.
   *[other] { $steps } opciones.
}
voice-sign = Con las teclas, elija «{ $name }».
voice-entered = Ha introducido: { $name }.
voice-character = carácter
voice-erased = borrado
voice-scroll-up = Mostrar lo de arriba
voice-scroll-down = Mostrar lo de abajo
voice-shift = Mayúscula
voice-chosen = elegido
voice-not-chosen = no elegido
voice-button = botón
voice-position = { $step } de { $steps }
voice-volume = Volumen { $step } de { $steps }
voice-speed = Velocidad { $step } de { $steps }
