need-help = मुझे मदद चाहिए
start-over = फिर से शुरू करें
seconds-left = { $seconds ->
    [one] { $seconds } सेकंड बाकी
   *[other] { $seconds } सेकंड बाकी
}
