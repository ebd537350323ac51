need-help = Necesito ayuda
start-over = Empezar de nuevo
seconds-left = { $seconds ->
    [one] Queda { $seconds } segundo
   *[other] Quedan { $seconds } segundos
}
