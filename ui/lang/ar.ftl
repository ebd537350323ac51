need-help = أحتاج إلى مساعدة
start-over = البدء من جديد
seconds-left = { $seconds ->
    [zero] انتهى الوقت ({ $seconds })
    [one] بقيت ثانية واحدة ({ $seconds })
    [two] بقيت ثانيتان ({ $seconds })
    [few] بقيت { $seconds } ثوانٍ
    [many] بقيت { $seconds } ثانية
   *[other] بقيت { $seconds } ثانية
}
