# Every text that patients read, in Portuguese as it is spoken in Brazil. It says "você", avoids words that would
# have to guess whether the patient is a man or a woman, and says "senha" for a ticket of the queue, "horário" for an
# appointment, "protocolo" for a case, and "totem" for the kiosk.

## The language itself
# Its own name, as its speakers look for it; left-to-right or right-to-left; its script by ISO 15924; the POSIX locale
# that names its days and months.
language-name = Português
language-direction = left-to-right
language-script = Latn
language-locale = pt_BR
# An amount, with a sign that everybody knows ($sign is €) or with a code ($sign is CHF); no line may end in it.
money = { $sign } { $figures }
money-with-code = { $sign } { $figures }
# How a voice says the letters A to Z and the figures 0 to 9 of a ticket's number.
spoken-letters = a | bê | cê | dê | é | efe | gê | agá | i | jota | cá | ele | eme | ene | ó | pê | quê | erre | esse | tê | u | vê | dáblio | xis | ípsilon | zê
spoken-figures = zero | um | dois | três | quatro | cinco | seis | sete | oito | nove
# The keyboard: a line is a row, a word is a key. Before the last row of letters that have capitals stands the shift
# key, which takes the room of two.
keyboard-name = ABC
keyboard-letters =
    á â ã à é ê í ó ô õ ú
    q w e r t y u i o p
    a s d f g h j k l ç
    z x c v b n m ' -
keyboard-signs =
    1 2 3 4 5 6 7 8 9 0
    {"."} , - ' / @ ? ! # &
    ü ñ è ë ì î ï ä å æ
    ò ö ø ù û ý ß +

## The frame
need-help = Preciso de ajuda
start-over = Recomeçar
# $name: whoever at the desk took the request
on-the-way = { $name } está vindo até você

## How the screen shall be
# Said of a button that has only a sign
preferences = Tamanho do texto, contraste e idioma
preferences-title = O que o ajudaria?
text-size = Tamanho do texto
text-normal = Normal
text-large = Grande
text-largest = Muito grande
high-contrast = Alto contraste
within-reach = Botões mais abaixo
no-motion = Sem movimento
more-time = Mais tempo
ignore-double-taps = Ignorar toques duplos
preferences-done = Concluído

## Welcome
welcome-title = Boas-vindas
welcome-prompt = O que você deseja fazer?
have-appointment = Tenho horário marcado
new-here = É minha primeira vez
scan-hint = Ou coloque o código da sua carta embaixo do leitor.

## Every question
progress = Etapa { $step } de { $steps }
back = Voltar
next = Avançar
erase-key = Apagar o último caractere
space-key = Espaço
layout-key = Mudar as letras
type-here = Toque nas letras
day = Dia
month = Mês
year = Ano
# The figures stand in the middle, so that no line ends among them.
date-hint = Dia, mês e ano: 07 11 1950, por exemplo.

## Who are you?
identify-date-title = Quando você nasceu?
identify-date-with-code-hint = Lemos o seu código. Agora, por favor, informe sua data de nascimento.
identify-family-title = Qual é o seu sobrenome?
identify-family-hint = Como está nos seus documentos.
no-match = Não encontramos você com estas respostas. Por favor, confira as duas e tente de novo.
unknown-code = Não podemos usar este código. Por favor, digite suas respostas.

## How to put an answer right
problem-empty = Por favor, digite uma resposta.
problem-no-letter = Um nome precisa de pelo menos uma letra.
problem-date-incomplete = Por favor, digite dois números para o dia, dois para o mês e quatro para o ano.
problem-no-such-day = Este dia não existe no calendário. Por favor, confira o dia e o mês.
problem-date-in-the-future = Este dia ainda não chegou. Por favor, confira o ano.
problem-date-too-long-ago = Este ano é antigo demais. Por favor, confira.
problem-phone-too-short = Este número é curto demais. Por favor, confira.
problem-phone-too-long = Este número é longo demais. Por favor, confira.
problem-nothing-chosen = Por favor, escolha uma das respostas.

## Registration
given-name-title = Qual é o seu nome, sem o sobrenome?
given-name-hint = Todos os nomes, como nos seus documentos.
family-name-title = Qual é o seu sobrenome?
family-name-hint = Como está nos seus documentos.
birth-title = Quando você nasceu?
sex-title = Qual é o seu sexo?
sex-hint = Como está nos seus documentos.
sex-female = Feminino
sex-male = Masculino
sex-other = Outro
sex-unknown = Prefiro não dizer
phone-title = Qual é o número do seu telefone?
phone-hint = Só ligamos para falar do seu atendimento.
street-title = Onde você mora?
street-hint = Rua e número.
town-title = Em qual cidade?
town-hint = CEP e cidade.
contact-name-title = Para quem podemos ligar em uma emergência?
contact-name-hint = Nome e sobrenome.
contact-phone-title = Qual é o telefone dessa pessoa?
contact-phone-hint = Com o código do país, se for do exterior.
language-title = Qual idioma você prefere?
language-hint = Vamos tentar falar com você neste idioma.
reason-title = O que traz você aqui hoje?
reason-hint = Escolha a opção mais próxima.
consent-title = Podemos guardar o que você informou?
consent-yes = Concordo
consent-no = Não concordo

## Registration: what a clinic may ask besides, and how to put it right
skip = Pular
# $name: the step, such as "About you"; $progress: the text above
progress-of = { $name }: { $progress }
further-family-name-title = Você tem mais um sobrenome?
previous-family-name-title = Você já teve outro sobrenome?
previous-family-name-hint = Por exemplo, o de antes do casamento.
email-title = Qual é o seu e‑mail?
email-hint = Só escrevemos para falar do seu atendimento.
postal-code-title = Qual é o seu CEP?
postal-code-hint = O código postal, como está nas suas cartas.
region-title = Em qual estado ou região?
contact-relation-title = Quem é essa pessoa para você?
contact-relation-hint = Mãe, marido ou vizinha, por exemplo.
insurer-title = Qual é o seu plano de saúde?
insurer-hint = Como está no seu cartão.
scheme-number-title = Qual é o seu número no plano de saúde?
scheme-number-hint = Como está no seu cartão.
# $example: an answer that fits
own-example = Por exemplo: { $example }
problem-phone-unknown = Não conhecemos este número. Por favor, confira; se for do exterior, ele começa com + e o código do país.
problem-email = Por favor, escreva o endereço completo, como nome@example.org.
# $example: a postal code of the country
problem-postal-code = Por favor, escreva também o CEP: { $example }, por exemplo.
problem-number-format = No cartão, este número tem outro formato. Por favor, compare com o cartão.
problem-check-digit = Um dígito não está certo. Por favor, compare o número com o cartão.
problem-own-format = Por favor, escreva no formato pedido.
problem-too-long = Resposta longa demais. Por favor, confira.
## The clinic's own forms
# $form: the title of the form
form-step = { $form }: { $step } de { $steps }
yes = Sim
no = Não
decimal-key = ,
form-several-hint = Toque em tudo que se aplica.
form-number-hint = De { $least } a { $most }.
signature-pad = Assine aqui com o dedo
signature-name = Seu nome e sobrenome
signature-clear = Apagar
signature-type = Digitar meu nome
signature-draw = Assinar com o dedo
review-title = Está tudo certo?
review-hint = Toque em uma resposta para mudar.
review-none = Sem resposta
review-signed = Assinado
review-signed-by = Assinado: { $name }
form-problem-too-long = Resposta longa demais. Por favor, escreva no máximo { $most } caracteres.
problem-date-past = Este dia já passou. Por favor, confira.
problem-date-far-away = Este ano está longe demais. Por favor, confira.
problem-no-number = Por favor, digite um número.
problem-whole-number = Por favor, digite um número inteiro.
# The number stands last, so that the sentence is right for one as well.
problem-decimals = Por favor, digite menos números depois da vírgula: no máximo { $most }.
problem-too-small = Por favor, confira o número: o mínimo é { $least }.
problem-too-large = Por favor, confira o número: o máximo é { $most }.
problem-not-signed = Por favor, assine primeiro ou digite seu nome.
problem-only-a-dot = Vemos só um ponto. Por favor, assine de novo.

## Waiting for the kiosk itself
looking-title = Um momento, por favor
looking-line = Estamos procurando seus dados.

## Is this you?
confirm-title = É você?
confirm-today = Hoje às { $time }
confirm-other-day = { $date }, às { $time }
confirm-no-appointment = Sem horário marcado hoje
thats-me = Sim, sou eu
not-me = Não, não sou eu

## Appointments
appointments = Marcar, mudar ou desmarcar
booking-title = Seus horários marcados
booking-hint = Toque em um para mudar ou desmarcar.
booking-new = Marcar um novo horário
booking-one-title = O que você deseja fazer?
booking-move = Escolher outro horário
booking-earlier = Avise-me se vagar um horário antes
# Not "Cancelar", which could be read as: leave this page.
booking-cancel = Desmarcar
booking-cancel-title = Desmarcar este horário?
booking-cancel-yes = Sim, desmarcar
booking-cancel-no = Não, manter
booking-cancelled-title = Seu horário foi desmarcado
booking-cancelled-line = Agradecemos por avisar: outra pessoa já pode usar este horário.
booking-another = Marcar outro horário
booking-offer-title = Este horário ficou livre. Você quer?
booking-offer-yes = Sim, eu quero
booking-offer-no = Não, agradeço
booking-service-title = Para que é o atendimento?
booking-clinician-title = Com quem você prefere marcar?
booking-anybody = Quem tiver vaga primeiro
booking-part-title = Que período é bom para você?
booking-first = O mais cedo possível: { $date }, { $time }
booking-any-time = Qualquer hora do dia
booking-morning = Manhã
booking-afternoon = Tarde
booking-evening = Fim da tarde
booking-day-title = Que dia é bom para você?
booking-time-title = Qual horário?
booking-review-title = Podemos marcar este horário?
booking-walk-in-title = Este é o próximo horário livre de hoje. Podemos marcar?
booking-move-title = Mudar para este horário?
booking-instead-of = Em vez de { $date }, { $time }
booking-review-yes = Marcar horário
booking-move-yes = Sim, mudar
booking-review-no = Outro horário
booking-taken = Outra pessoa acabou de marcar este horário. Por favor, escolha outro.
booking-changed = Este horário não está mais disponível. Por favor, escolha outro.
booking-none-title = Sem horário livre
booking-none-today = Hoje não há mais horários livres.
booking-none = No momento, não é possível marcar horários aqui.
booking-other-days = Ver outros dias
booking-wait = Avise-me quando vagar um horário
booking-waiting-title = Você está na lista de espera
booking-waiting-line = Quando vagar um horário, avisamos você. Você também pode consultar aqui a qualquer momento.
booked-title = Seu horário está marcado
booked-moved-title = Seu horário foi mudado
booked-bring = Traga o comprovante: o código registra sua chegada.
booked-slip-printed = Retire seu comprovante.
booked-slip-not-printed = O comprovante não saiu. Anote o dia e a hora ou fotografe os códigos.
booked-check-in-code = Chegada
booked-calendar-code = Calendário
booked-check-in = Registrar chegada
appointment-slip-title = Seu horário marcado
wish-title = Seu pedido foi anotado
wish-line = Ele só vale depois que a recepção confirmar. Por favor, não marque de novo.
## Details on file, and what a document says
details-address-title = Você ainda mora aqui?
details-phone-title = Ainda podemos falar com você neste número?
details-email-title = Este ainda é o seu e‑mail?
details-contact-title = Ainda ligamos para esta pessoa em uma emergência?
details-yes = Sim, está certo
details-change = Não, quero mudar
document-title = Está certo?
document-yes = Sim, está certo
document-no = Não, vou digitar
document-unknown-title = Não encontramos você
document-unknown-line = Se é sua primeira vez aqui, você pode fazer o cadastro agora. Seu documento preenche as primeiras respostas.
document-unknown-desk = Se você já esteve aqui antes, por favor, vá até a recepção.
document-register = Cadastrar agora
one-of-several-codes = Este cartão tem vários códigos. Por favor, digite suas respostas.

## An arrival that cannot be checked in now
early-title = Você chegou cedo
early-appointment = Seu horário é às { $time }.
early-opens = Você pode registrar a chegada a partir das { $time }. Por favor, volte a este totem nessa hora.
other-day-title = Seu horário é em outro dia
other-day-appointment = { $date }, às { $time }
other-day-line = Se você precisa de atendimento hoje, pergunte na recepção.
ask-desk = Perguntar na recepção

## An arrival that the clinic's routines answer
other-site-title = Seu horário é em outro local
other-site-appointment = Seu horário das { $time } é neste local: { $name }
missed-line = Seu horário já passou. A recepção vai procurar outro horário com você.
balance-line = Por favor, fale primeiro com a recepção.
walk-in-line = Você também pode retirar uma senha e esperar a chamada.
walk-in-take = Retirar uma senha

## A person is needed
help-title = Estamos chamando alguém
help-line = Por favor, espere aqui ou vá até a recepção.
to-desk-title = Por favor, vá até a recepção
not-identified-line = Não encontramos você em três tentativas. A recepção vai ajudar você.
several-records-line = Uma pessoa da equipe precisa ver qual cadastro é o seu. É só um momento.
not-that-person-line = A recepção vai encontrar o seu cadastro.
possible-duplicate-line = A recepção vai terminar o seu cadastro. Você não precisa responder nada de novo.
late-line = O prazo para registrar sua chegada terminou. A recepção vai dizer como continuar.
cancelled-line = Seu horário de hoje foi cancelado. A recepção vai explicar o que houve.
changed-line = A clínica precisou mudar o seu horário das { $time } de hoje.
changed-now = Agora o seu horário é: { $date }, às { $time }
changed-desk-line = Lamentamos não ter avisado você antes. A recepção vai encontrar um bom horário com você.
no-appointment-line = Você não tem horário marcado para hoje. A recepção vai ajudar você.
no-consent-line = Nada do que você informou foi guardado. A recepção vai ajudar você.
closed-title = Este totem está fechado
closed-way = Por favor, vá até a recepção. Lá você terá ajuda.
fault-title = Este totem está com um problema
fault-line = Nada se perdeu. Por favor, tente de novo ou vá até a recepção.
request-raising = Avisando a recepção…
request-kept = Ainda não avisamos a recepção. Seu pedido está guardado e será enviado sozinho. Por favor, vá até a recepção.
request-not-kept = Não conseguimos avisar a recepção. Por favor, vá até lá.
request-delivered = A recepção recebeu o seu pedido.
go-on = Seguir aqui
try-again = Tentar de novo
finish = Terminar

## Start over?
start-over-title = Recomeçar?
start-over-line = Tudo o que você digitou será apagado.
start-over-yes = Sim, recomeçar
start-over-no = Não, seguir

## Done
done-title = Sua chegada está registrada
done-before-title = Chegada já registrada
your-number = Sua senha
wait-none = Vamos chamar você em instantes.
wait-less = { $minutes ->
    [one] Provavelmente vamos chamar você em menos de { $minutes } minuto.
   *[other] Provavelmente vamos chamar você em menos de { $minutes } minutos.
}
wait = { $until ->
    [one] Provavelmente vamos chamar você em { $from } a { $until } minuto.
   *[other] Provavelmente vamos chamar você em { $from } a { $until } minutos.
}
wait-hours = Provavelmente vamos chamar você em { $from } a { $until } horas.
come-back = Ninguém chamou você até as { $time }? Por favor, venha até a recepção.
paper-reserved = Sua senha está sendo impressa.
paper-printed = Sua senha foi impressa. Por favor, retire o papel.
paper-not-printed = O papel não saiu. Por favor, memorize sua senha ou tire uma foto.
paper-not-known = Se o papel não saiu: por favor, memorize sua senha ou tire uma foto.
print-again = Imprimir minha senha de novo
write-down = Texto para anotar
ticket-code = Código da sua senha

## Paying
pay-bill = Pagar uma conta
pay-title = Valores a pagar
pay-total = Total
pay-balance = Valor pendente de antes
pay-by-card = Pagar com cartão
pay-by-code = Pagar com um código no celular
pay-at-desk = Pagar na recepção
pay-later = Pagar depois: seu atendimento não depende disso
pay-not-now = Agora não
pay-no-way = Isto não pode ser pago aqui. Por favor, pague na recepção.
pay-other-currency = Há outro valor a pagar em outra moeda. Por favor, pague esse valor na recepção.
pay-nothing-title = Nada a pagar
pay-nothing-line = Você não precisa pagar nada agora.
pay-in-doubt-title = Há um pagamento sem confirmação
pay-in-doubt-line = Não pague de novo. A recepção vai verificar o que aconteceu e avisar você.
pay-card-preparing = Um momento: a máquina de cartão está se preparando.
pay-card-present = Por favor, aproxime ou insira seu cartão na máquina.
pay-card-at-work = Por favor, espere: a máquina está processando.
pay-card-says = A máquina de cartão diz:
pay-stop = Parar
pay-stopping = Parando…
pay-code-preparing = Um momento: estamos criando o seu código
pay-code-label = Leia este código com o aplicativo do seu banco e pague por lá.
pay-code-reference = Referência: { $code }
pay-code-paid = Já paguei
pay-other-way = Pagar de outra forma
pay-code-waiting = Esperando a confirmação…
pay-code-waiting-line = Isto pode levar alguns minutos. Por favor, não pague de novo.
pay-code-leave = Não posso esperar
pay-at-desk-title = Por favor, pague na recepção
pay-at-desk-line = Diga lá o seu nome. Ninguém precisa pagar antes do atendimento.
# The three words: charged, not charged, not known yet.
pay-charged = Cobrado: { $amount }
pay-not-charged = Não cobrado
pay-not-known = Ainda não se sabe: não pague de novo
pay-not-known-card = A recepção vai verificar na máquina de cartão se o valor foi cobrado e avisar você.
pay-not-known-code = A recepção vai verificar com o banco se o valor foi pago e avisar você.
pay-why-declined = O cartão foi recusado. Por favor, consulte seu banco ou pague de outra forma.
pay-why-cancelled = O pagamento foi interrompido. Você pode tentar de novo ou pagar na recepção.
pay-why-timed-out = Nenhum cartão foi apresentado a tempo. Você pode tentar de novo ou pagar na recepção.
pay-why-unreadable = Não foi possível ler o cartão. Por favor, tente de novo ou pague na recepção.
pay-why-terminal = A máquina de cartão não pode ser usada agora. Por favor, pague na recepção.
pay-why-code = Não foi possível pagar com o código. Por favor, tente de novo ou pague na recepção.
pay-why-not-due = Isto já foi pago ou está sendo pago em outro lugar. Em caso de dúvida, por favor, pergunte na recepção.
pay-why-known-now = Agora já se sabe: nada foi cobrado. Você pode tentar de novo ou pagar na recepção.
pay-receipt-reserved = Seu recibo está sendo impresso.
pay-receipt-printed = Por favor, retire seu recibo.
pay-receipt-not-printed = Não foi possível imprimir seu recibo. Ele está na recepção.
pay-receipt-not-known = Se o recibo não saiu: ele está na recepção.
pay-receipt-desk = Seu recibo está na recepção.
pay-doubt-reserved = Um papel com este aviso está sendo impresso.
pay-doubt-printed = Por favor, retire o papel com este aviso.
pay-ticket-stays = Sua senha { $number } continua valendo.
pay-back-to-ticket = Voltar à minha senha
done-owed = Pague agora ou depois: seu atendimento não depende disso.
done-in-doubt = Não pague de novo: há um pagamento sem confirmação.
done-pay = Pagar { $amount } agora

## Families, and acting for another
another-person = Registrar a chegada de mais alguém da família
family-also = Registrar também: { $names }
family-all = Registrar todos
family-title = A chegada de todos está registrada
family-ticket = { $name }: { $number }, chamada entre { $begin } e { $end }
family-paper-reserved = Suas senhas estão sendo impressas.
family-paper-printed = Suas senhas foram impressas. Por favor, retire todas.
family-paper-missing = Se alguma senha não saiu: por favor, memorize o número dela ou tire uma foto.
acting-here-title = Você também é paciente aqui?
acting-here-hint = Se sim, você não precisa digitar seu nome e telefone.
acting-here-yes = Sim, sou paciente aqui
acting-here-no = Não
acting-name-title = Qual é o seu próprio nome?
acting-name-hint = Nome e sobrenome: os seus, não os do paciente.
acting-phone-title = Qual é o número do seu telefone?
acting-phone-hint = Para falarmos com você sobre o paciente.
acting-date-title = Qual é a sua própria data de nascimento?
acting-family-title = Qual é o seu próprio sobrenome?
acting-confirm-line = Hoje você age em nome de outra pessoa.
acting-consent-title = Você concorda?
patient-date-title = Quando o paciente nasceu?
patient-family-title = Qual é o sobrenome do paciente?
confirm-patient-title = O paciente é esta pessoa?
thats-the-patient = Sim, é esta pessoa
not-the-patient = Não, é outra pessoa

## Nobody seems to be there
warning-title = Você ainda está aí?
seconds-left = { $seconds ->
    [one] Resta { $seconds } segundo; depois, tudo será apagado
   *[other] Restam { $seconds } segundos; depois, tudo será apagado
}
still-here = Ainda estou aqui

## The printed ticket
ticket-copy = CÓPIA
ticket-appointment = Horário marcado: { $time }
ticket-expected = Chamada entre { $begin } e { $end }
ticket-issued = { $date }, { $time }

## The printed receipt of a payment
receipt-charged = COBRADO
receipt-not-charged = NÃO COBRADO
receipt-not-known = AINDA NÃO SE SABE: NÃO PAGUE DE NOVO
receipt-not-known-line = A recepção vai verificar se o valor foi cobrado e avisar você. Por favor, guarde este papel.
receipt-by-card = Com cartão
receipt-by-code = Com um código no celular
receipt-at-desk = Na recepção
receipt-payment = Pagamento:
receipt-terminal = Máquina: { $code }
receipt-number = Número do recibo: { $number }
receipt-authorisation = Autorização: { $code }
receipt-card = Cartão: { $code }
receipt-of-terminal = Recibo da máquina de cartão

## What do you need?
need-title = Como podemos ajudar?
call-person = Chamar uma pessoa
need-prompt = Ou diga do que se trata:
my-case = Tenho um comprovante com protocolo
words-optional = Você pode escrever o que devemos saber. Não é obrigatório.
words-required = Escreva com suas palavras, em qualquer idioma.
problem-no-words = Por favor, escreva algumas palavras.
send = Enviar
for-somebody-else = O atendimento é para outra pessoa
here-for = Atendimento para: { $name }
here-for-title = Para quem é o atendimento?
here-for-hint = Toque na opção certa. Algumas coisas só o paciente pode fazer; a recepção ajuda com elas.
not-allowed-line = A recepção vai fazer isso com você e o paciente.
request-resolved = Isto está resolvido.

## An emergency
emergency-calling = Chamando a recepção…
emergency-delivered = A recepção foi chamada. Alguém está vindo.
emergency-not-delivered = A recepção não respondeu. Peça socorro em voz alta agora.
emergency-over = Alguém já está aqui

## Speaking with the desk
message-waits = A recepção escreveu para você
message-read = Ler
talk-title = Você e a recepção
message-not-kept = Não foi possível enviar sua mensagem. Por favor, fale na recepção.
talk-none = Ainda não há mensagens. O que a recepção escrever aparece aqui.
talk-write = Escrever resposta
talk-close = Fechar
said-by = { $name }, { $time }
said-by-you = Você, { $time }
reply-title = O que você quer dizer?
reply-hint = Escreva com suas palavras, em qualquer idioma.

## Cases
case-title = Seu protocolo { $number }
case-code = Código: { $code }
case-answer-by = Você terá nossa resposta até { $date }.
slip-reserved = Seu comprovante está sendo impresso.
slip-printed = Retire seu comprovante: com ele, você vê aqui o andamento a qualquer momento.
slip-not-printed = O comprovante não saiu. Anote o número e o código ou tire uma foto: eles abrem seu protocolo.
case-taken = { $name } está cuidando disso.
case-overdue = Nossa resposta está atrasada. A direção já foi avisada.
case-number-title = Qual é o número do seu protocolo?
case-number-hint = Só os números, como estão no comprovante.
case-code-title = Qual é o código do comprovante?
case-code-hint = São seis números.
case-no-match = Não encontramos um protocolo com estes números. Por favor, confira os dois.

## Practice
practice = TREINAMENTO: nada aqui é real

## The printed slip of a case
slip-title = Seu protocolo
slip-received = Recebido: { $date }, { $time }
slip-subject = Assunto: { $subject }
slip-to = Vai para: { $name }
slip-code = Código: { $code }
slip-taken-up-by = Até { $date }, confirmamos quem vai cuidar disso.
slip-how = Mostre este comprovante em qualquer totem para ver o andamento. Guarde bem: ele dá acesso ao seu protocolo.

## The display of the waiting room
display-title = Sala de espera
# Stands above the place, beside the number.
display-go-to = Por favor, vá para
# Stands while nobody was called yet.
display-idle = Sua senha será chamada aqui
display-last-calls = Últimas chamadas
# Is spoken. $number: spelled for a voice; $place: as the clinic calls it, such as "Room 1"
display-spoken = Senha { $number }. Por favor, vá para { $place }.
display-late = { $minutes ->
    [one] { $service }: atraso de cerca de { $minutes } minuto
   *[other] { $service }: atraso de cerca de { $minutes } minutos
}
# How long somebody who comes now would wait. $from, $until: minutes
display-wait = { $until ->
    [one] { $service }: espera de { $from } a { $until } minuto
   *[other] { $service }: espera de { $from } a { $until } minutos
}
display-wait-less = { $minutes ->
    [one] { $service }: espera de menos de { $minutes } minuto
   *[other] { $service }: espera de menos de { $minutes } minutos
}
# $from, $until: hours, such as "1½"
display-wait-hours = { $service }: espera de { $from } a { $until } horas
# $time: since when the display has heard nothing of the desk
display-lost = Sem atualização desde as { $time }. Por favor, preste atenção às chamadas ou pergunte na recepção.
display-sound = Toque aqui para ligar o som

## Days, for chrono's format_localized
date-pattern = %A, %-d de %B
date-pattern-short = %a, %-d de %b
whole-date-pattern = %-d de %B de %Y

## The voice
voice-how-to-move = Use as teclas de seta para se mover e a tecla redonda para escolher.
voice-how-to-hear = A tecla de ajuda repete tudo; premida duas vezes, pede ajuda. A tecla de volume muda a intensidade da minha voz, a tecla de velocidade a rapidez.
voice-any-key = Prima qualquer tecla para continuar.
voice-choices = { $steps ->
    [one] { $steps } opção.
   *[other] { $steps } opções.
}
voice-sign = Com as teclas, escolha «{ $name }».
voice-entered = Introduziu: { $name }.
voice-character = carácter
voice-erased = apagado
voice-scroll-up = Mostrar o que está acima
voice-scroll-down = Mostrar o que está abaixo
voice-shift = Maiúscula
voice-chosen = escolhido
voice-not-chosen = não escolhido
voice-button = botão
voice-position = { $step } de { $steps }
voice-volume = Volume { $step } de { $steps }
voice-speed = Velocidade { $step } de { $steps }
