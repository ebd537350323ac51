# Every text that patients read, in Chinese (simplified, mainland). It says "您", avoids words that would have
# to guess whether somebody is a man or a woman, and sets a space between Chinese and figures or inserted texts.

## The language itself
# Its own name, as its speakers look for it; left-to-right or right-to-left; its script by ISO 15924; the POSIX locale
# that names its days and months.
language-name = 中文
language-direction = left-to-right
language-script = Hans
language-locale = zh_CN
# An amount, with a sign that everybody knows ($sign is €) or with a code ($sign is CHF); no line may end in it.
money = { $sign }{ $figures }
money-with-code = { $sign } { $figures }
# How a voice says the letters A to Z and the figures 0 to 9 of a ticket's number.
spoken-letters = 诶 | 比 | 西 | 弟 | 衣 | 艾弗 | 吉 | 艾尺 | 爱 | 杰 | 开 | 艾勒 | 艾姆 | 恩 | 欧 | 批 | 丘 | 阿尔 | 艾丝 | 踢 | 优 | 维 | 达不溜 | 艾克斯 | 歪 | 贼德
spoken-figures = 零 | 一 | 二 | 三 | 四 | 五 | 六 | 七 | 八 | 九
# The keyboard: a line is a row, a word is a key. What is typed on it is pinyin: above the keys stand the characters
# that sound so, to choose from. Latin letters are written on the other script's keys.
keyboard-composes = pinyin
keyboard-name = 拼音
keyboard-letters =
    q w e r t y u i o p
    a s d f g h j k l '
    z x c v b n m ü
keyboard-signs =
    1 2 3 4 5 6 7 8 9 0
    {"."} , - ' / @ ? ! # &
    。 ， 、 ？ ！ ： ； ·

## The frame
need-help = 我需要帮助
start-over = 重新开始
# $name: whoever at the desk took the request
on-the-way = { $name } 正在过来找您

## How the screen shall be
# Said of a button that has only a sign
preferences = 文字大小、对比度和语言
preferences-title = 怎样对您更方便?
text-size = 文字大小
text-normal = 标准
text-large = 大
text-largest = 最大
high-contrast = 高对比度
within-reach = 按钮放低
no-motion = 无动画
more-time = 更多时间
ignore-double-taps = 忽略重复点按
preferences-done = 完成

## Welcome
welcome-title = 欢迎
welcome-prompt = 您要办理什么？
have-appointment = 我有预约
new-here = 我第一次来这里
scan-hint = 或者把信上的码放到扫描器下。

## Every question
progress = 第 { $step } 步，共 { $steps } 步
back = 返回
next = 下一步
erase-key = 删除最后一个字符
space-key = 空格
layout-key = 切换键盘
# Beside the characters to choose from: the next ones, and those before.
more-characters-key = 后面的字
earlier-characters-key = 前面的字
type-here = 请触摸字母输入
day = 日
month = 月
year = 年
# The order is day, month, year, which Chinese readers do not expect: so the example is said in words as well.
# The figures stand in the middle, so that no line ends among them.
date-hint = 日、月、年，例如：07 11 1950（1950年11月7日）。

## Who are you?
identify-date-title = 您是哪天出生的？
identify-date-with-code-hint = 已读取您的码。现在请输入您的出生日期。
identify-family-title = 您姓什么？
identify-family-hint = 请按证件上的写法输入。
no-match = 按这两项信息没有找到您的记录。请检查这两项，再试一次。
unknown-code = 这个码无法使用。请改为手动输入。

## How to put an answer right
problem-empty = 请先输入答案。
problem-no-letter = 姓名至少要有一个字母。
problem-date-incomplete = 请输入两位数的日、两位数的月和四位数的年。
problem-no-such-day = 没有这一天。请检查日和月。
problem-date-in-the-future = 这一天还没有到。请检查年份。
problem-date-too-long-ago = 这个年份太早了。请检查。
problem-phone-too-short = 这个号码太短了。请检查。
problem-phone-too-long = 这个号码太长了。请检查。
problem-nothing-chosen = 请选择一个答案。

## Registration
given-name-title = 您的名字（不含姓）是什么？
given-name-hint = 请按证件上的写法完整输入。
family-name-title = 您姓什么？
family-name-hint = 请按证件上的写法输入。
birth-title = 您是哪天出生的？
sex-title = 您的性别是什么？
sex-hint = 请按证件上的登记选择。
sex-female = 女
sex-male = 男
sex-other = 其他
sex-unknown = 我不想回答
phone-title = 您的电话号码是多少？
phone-hint = 我们只为您的诊疗事宜打电话。
street-title = 您住在哪里？
street-hint = 街道和门牌号。
town-title = 您住在哪个城市或乡镇？
town-hint = 邮政编码和城市或乡镇名。
contact-name-title = 紧急情况下，我们可以给谁打电话？
contact-name-hint = 姓和名。
contact-phone-title = 这位联系人的电话号码是多少？
contact-phone-hint = 国外号码请加上国家代码。
language-title = 您希望使用哪种语言？
language-hint = 我们会尽量用这种语言与您交谈。
reason-title = 您今天来是为了什么？
reason-hint = 请选择最符合的一项。
consent-title = 我们可以保存您填写的信息吗？
consent-yes = 我同意
consent-no = 我不同意

## Registration: what a clinic may ask besides, and how to put it right
skip = 跳过
# $name: the step, such as "About you"; $progress: the text above
progress-of = { $name }：{ $progress }
further-family-name-title = 您还有第二个姓吗？
previous-family-name-title = 您以前用过别的姓吗？
previous-family-name-hint = 例如结婚前的姓。
email-title = 您的电子邮箱是什么？
email-hint = 我们只为您的诊疗事宜发邮件。
postal-code-title = 您的邮政编码是多少？
postal-code-hint = 请按您信件上的写法输入。
region-title = 您住在哪个地区？
contact-relation-title = 这位联系人是您的什么人？
contact-relation-hint = 例如母亲、丈夫或邻居。
insurer-title = 您的保险机构是哪家？
insurer-hint = 请按您卡上的写法输入。
scheme-number-title = 您的保险号码是多少？
scheme-number-hint = 请按您卡上的写法输入。
# $example: an answer that fits
own-example = 例如：{ $example }
problem-phone-unknown = 我们无法识别这个号码。请检查；国外号码要以 + 和国家代码开头。
problem-email = 请输入完整的邮箱地址，例如 name@example.org。
# $example: a postal code of the country
problem-postal-code = 请把邮政编码也写上，例如 { $example }。
problem-number-format = 这个号码与卡上的格式不同。请与卡核对。
problem-check-digit = 有一位数字不对。请与卡上的号码核对。
problem-own-format = 请按要求的格式输入。
problem-too-long = 内容太长了。请检查。
## The clinic's own forms
# $form: the title of the form
form-step = { $form }：第 { $step } 项，共 { $steps } 项
yes = 是
no = 否
decimal-key = .
form-several-hint = 请触摸所有符合的选项。
form-number-hint = 从 { $least } 到 { $most }。
signature-pad = 请用手指在这里签名
signature-name = 您的姓和名
signature-clear = 清除
signature-type = 输入我的姓名
signature-draw = 用手指签名
review-title = 填写的内容都对吗？
review-hint = 触摸答案即可修改。
review-none = 未回答
review-signed = 已签名
review-signed-by = 已签名：{ $name }
form-problem-too-long = 内容太长了。请最多输入 { $most } 个字符。
problem-date-past = 这一天已经过去了。请检查。
problem-date-far-away = 这个年份太远了。请检查。
problem-no-number = 请输入一个数字。
problem-whole-number = 请输入一个整数。
problem-decimals = 小数点后请最多输入 { $most } 位。
problem-too-small = 请检查这个数：最小是 { $least }。
problem-too-large = 请检查这个数：最大是 { $most }。
problem-not-signed = 请先签名，或输入您的姓名。
problem-only-a-dot = 我们只看到一个点。请再签一次。

## Waiting for the kiosk itself
looking-title = 请稍候
looking-line = 正在查找您的信息。

## Is this you?
confirm-title = 这是您吗？
confirm-today = 今天 { $time }
confirm-other-day = { $date } { $time }
confirm-no-appointment = 今天没有预约
thats-me = 是的，是我
not-me = 不，不是我

## Appointments
appointments = 预约、改期或取消
booking-title = 您的预约
booking-hint = 要改期或取消，请触摸该预约。
booking-new = 新增预约
booking-one-title = 您要办理什么？
booking-move = 改到其他时间
booking-earlier = 有更早的空位时通知我
booking-cancel = 取消预约
booking-cancel-title = 要取消这个预约吗？
booking-cancel-yes = 是的，取消
booking-cancel-no = 不，保留
booking-cancelled-title = 您的预约已取消
booking-cancelled-line = 谢谢您告诉我们：现在别人可以用这个时间了。
booking-another = 再预约一个
booking-offer-title = 这个时间空出来了。您要吗？
booking-offer-yes = 是的，我要
booking-offer-no = 不用了，谢谢
booking-service-title = 您要预约什么项目？
booking-clinician-title = 您想找谁看诊？
booking-anybody = 谁先有空都可以
booking-part-title = 您什么时段方便？
booking-first = 尽早：{ $date } { $time }
booking-any-time = 任何时段
booking-morning = 上午
booking-afternoon = 下午
booking-evening = 晚上
booking-day-title = 您哪天方便？
booking-time-title = 您要哪个时间？
booking-review-title = 要预约这个时间吗？
booking-walk-in-title = 这是今天最早的空位。要预约吗？
booking-move-title = 要把您的预约改到这个时间吗？
booking-instead-of = 原预约：{ $date } { $time }
booking-review-yes = 预约这个时间
booking-move-yes = 是的，改期
booking-review-no = 换个时间
booking-taken = 这个时间刚刚被别人约走了。请另选一个。
booking-changed = 这个时间已不能预约。请另选一个。
booking-none-title = 没有空位
booking-none-today = 今天已经没有空位了。
booking-none = 目前这里没有可预约的时间。
booking-other-days = 看看其他日期
booking-wait = 有空位时通知我
booking-waiting-title = 您已在候补名单上
booking-waiting-line = 一有空位，我们就告诉您。您也可以随时在这里查询。
booked-title = 您已预约成功
booked-moved-title = 您的预约已改期
booked-bring = 来时请带上凭条：用上面的码报到。
booked-slip-printed = 请取走您的凭条。
booked-slip-not-printed = 凭条没有打出来。请记下日期和时间，或拍下这些码。
booked-check-in-code = 报到
booked-calendar-code = 日历
booked-check-in = 现在报到
appointment-slip-title = 您的预约
wish-title = 您的预约要求已记下
wish-line = 前台确认后才算预约成功。请不要重复预约。
## Details on file, and what a document says
details-address-title = 您还住在这里吗？
details-phone-title = 打这个号码还能找到您吗？
details-email-title = 这还是您的电子邮箱吗？
details-contact-title = 紧急情况下，还是给这个人打电话吗？
details-yes = 是的，没错
details-change = 不，要修改
document-title = 这些对吗？
document-yes = 是的，没错
document-no = 不，我来输入
document-unknown-title = 没有找到您的记录
document-unknown-line = 如果您是第一次来，现在就可以登记。前几项会按您的证件填好。
document-unknown-desk = 如果您以前来过，请到前台。
document-register = 现在登记
one-of-several-codes = 这张卡上有多个码。请改为手动输入。

## An arrival that cannot be checked in now
early-title = 您来早了
early-appointment = 您的预约时间是 { $time }。
early-opens = { $time } 开始报到。请到时再来这台自助机。
other-day-title = 您的预约不是今天
other-day-appointment = { $date } { $time }
other-day-line = 如果您今天就需要看诊，请询问前台。
ask-desk = 询问前台

## An arrival that the clinic's routines answer
other-site-title = 您的预约在另一个地点
other-site-appointment = 您 { $time } 的预约地点是：{ $name }
missed-line = 您的预约时间已过。前台人员会与您另约时间。
balance-line = 请先与前台人员谈一下。
walk-in-line = 您也可以取号，等候叫号。
walk-in-take = 取号

## A person is needed
help-title = 正在为您叫人
help-line = 请在这里等候，或到前台。
to-desk-title = 请到前台
not-identified-line = 试了三次，都没有找到您的记录。前台人员会帮助您。
several-records-line = 需要有人核对哪份记录是您的。只需片刻。
not-that-person-line = 前台人员会查找您的记录。
possible-duplicate-line = 前台人员会为您完成登记。您不用再回答任何问题。
late-line = 您这次预约的报到已截止。前台人员会告诉您接下来怎么办。
cancelled-line = 您今天的预约已被取消。前台人员会向您说明。
changed-line = 诊所不得不更改您今天 { $time } 的预约。
changed-now = 您现在的预约时间：{ $date } { $time }
changed-desk-line = 很抱歉没能提前告诉您。前台人员会与您一起找一个合适的时间。
no-appointment-line = 今天没有您的预约。前台人员会帮助您。
no-consent-line = 您填写的内容都没有保存。前台人员会帮助您。
closed-title = 这台自助机现在不能使用
closed-way = 请到前台。那里会有人帮助您。
fault-title = 这台自助机出了问题
fault-line = 没有丢失任何内容。请再试一次，或到前台。
request-raising = 正在通知前台……
request-kept = 还没有联系上前台。您的请求已保存，会自动送达。请到前台。
request-not-kept = 我们没能通知前台。请您到前台去。
request-delivered = 前台已收到您的请求。
go-on = 在这里继续
try-again = 再试一次
finish = 完成

## Start over?
start-over-title = 要重新开始吗？
start-over-line = 您输入的全部内容都会清除。
start-over-yes = 是的，重新开始
start-over-no = 不，继续

## Done
done-title = 您已报到
done-before-title = 您之前已经报到
your-number = 您的号码
wait-none = 马上就会叫您的号。
wait-less = { $minutes ->
   *[other] 预计不到 { $minutes } 分钟就会叫您的号。
}
wait = { $until ->
   *[other] 预计 { $from } 到 { $until } 分钟后叫您的号。
}
wait-hours = 预计 { $from } 到 { $until } 小时后叫您的号。
come-back = 到 { $time } 还没有叫您？请到前台。
paper-reserved = 正在打印您的号票。
paper-printed = 您的号票已打印。请取走。
paper-not-printed = 号票没有打出来。请记住您的号码，或拍张照片。
paper-not-known = 如果号票没有打出来，请记住您的号码，或拍张照片。
print-again = 重新打印我的号票
write-down = 可抄下的文字
ticket-code = 您号票的二维码

## Paying
pay-bill = 缴费
pay-title = 应付费用
pay-total = 合计
pay-balance = 以前未付的费用
pay-by-card = 刷卡支付
pay-by-code = 用手机扫码支付
pay-at-desk = 到前台支付
pay-later = 以后再付：不影响您就诊
pay-not-now = 现在不付
pay-no-way = 这笔费用不能在这里支付。请到前台支付。
pay-other-currency = 还有其他币种的应付费用。请到前台支付。
pay-nothing-title = 没有应付费用
pay-nothing-line = 您现在不用付款。
pay-in-doubt-title = 有一笔付款还没有查清
pay-in-doubt-line = 请不要再次付款。前台会查清结果，并告诉您。
pay-card-preparing = 请稍候：刷卡机正在准备。
pay-card-present = 请在刷卡机上出示您的卡。
pay-card-at-work = 请稍候：刷卡机正在处理。
pay-card-says = 刷卡机提示：
pay-stop = 停止
pay-stopping = 正在停止……
pay-code-preparing = 请稍候：正在生成您的二维码
pay-code-label = 请用您银行的手机应用扫描这个码，并在应用里付款。
pay-code-reference = 参考号：{ $code }
pay-code-paid = 我已付款
pay-other-way = 换一种方式支付
pay-code-waiting = 正在等待确认……
pay-code-waiting-line = 可能需要几分钟。请不要再次付款。
pay-code-leave = 我不能等
pay-at-desk-title = 请到前台支付
pay-at-desk-line = 请在前台说出您的姓名。就诊前不必付款。
# The three words: charged, not charged, not known yet.
pay-charged = 已扣款：{ $amount }
pay-not-charged = 未扣款
pay-not-known = 还不确定：请不要再次付款
pay-not-known-card = 前台会通过刷卡机查清是否已扣款，并告诉您。
pay-not-known-code = 前台会向银行查清是否已付款，并告诉您。
pay-why-declined = 您的卡未被接受。请询问您的银行，或换一种方式支付。
pay-why-cancelled = 付款已停止。您可以再试一次，或到前台支付。
pay-why-timed-out = 没有及时出示卡。您可以再试一次，或到前台支付。
pay-why-unreadable = 无法读取您的卡。请再试一次，或到前台支付。
pay-why-terminal = 刷卡机现在不能使用。请到前台支付。
pay-why-code = 没能扫码支付。请再试一次，或到前台支付。
pay-why-not-due = 这笔费用已付，或正在别处支付。如有疑问，请询问前台。
pay-why-known-now = 现在查清了：没有扣款。您可以再试一次，或到前台支付。
pay-receipt-reserved = 正在打印您的收据。
pay-receipt-printed = 请取走您的收据。
pay-receipt-not-printed = 您的收据没能打印。收据在前台。
pay-receipt-not-known = 如果收据没有打出来：收据在前台。
pay-receipt-desk = 您的收据在前台。
pay-doubt-reserved = 正在打印写明此事的单据。
pay-doubt-printed = 请取走写明此事的单据。
pay-ticket-stays = 您的号票 { $number } 仍然有效。
pay-back-to-ticket = 回到我的号票
done-owed = 现在付或以后付都可以：不影响您就诊。
done-in-doubt = 请不要再次付款：有一笔付款还没有查清。
done-pay = 现在支付 { $amount }

## Families, and acting for another
another-person = 为另一位家人报到
family-also = 同时报到：{ $names }
family-all = 为我们所有人报到
family-title = 各位都已报到
family-ticket = { $name }：{ $number }，{ $begin } 到 { $end } 叫号
family-paper-reserved = 正在打印各位的号票。
family-paper-printed = 各位的号票已打印。请全部取走。
family-paper-missing = 如果有号票没有打出来，请记住它的号码，或拍张照片。
acting-here-title = 您自己也是这里的患者吗？
acting-here-hint = 如果是，您就不用输入姓名和电话号码。
acting-here-yes = 是的，我是这里的患者
acting-here-no = 不是
acting-name-title = 您自己的姓名是什么？
acting-name-hint = 姓和名：是您的，不是患者的。
acting-phone-title = 您的电话号码是多少？
acting-phone-hint = 我们可以就患者的事联系您。
acting-date-title = 您自己是哪天出生的？
acting-family-title = 您自己姓什么？
acting-confirm-line = 您今天代别人办理。
acting-consent-title = 您同意吗？
patient-date-title = 患者是哪天出生的？
patient-family-title = 患者姓什么？
confirm-patient-title = 这是患者吗？
thats-the-patient = 是的，这是患者
not-the-patient = 不，这是别人

## Nobody seems to be there
warning-title = 您还在吗？
seconds-left = { $seconds ->
   *[other] 还剩 { $seconds } 秒，之后全部内容会清除
}
still-here = 我还在

## The printed ticket
ticket-copy = 副本
ticket-appointment = 预约时间 { $time }
ticket-expected = { $begin } 到 { $end } 叫号
ticket-issued = { $date } { $time }

## The printed receipt of a payment
receipt-charged = 已扣款
receipt-not-charged = 未扣款
receipt-not-known = 还不确定：请不要再次付款
receipt-not-known-line = 前台会查清这笔款是否已扣，并告诉您。请保管好这张单据。
receipt-by-card = 刷卡支付
receipt-by-code = 手机扫码支付
receipt-at-desk = 在前台支付
receipt-payment = 付款：
receipt-terminal = 终端号：{ $code }
receipt-number = 收据号：{ $number }
receipt-authorisation = 授权号：{ $code }
receipt-card = 卡号：{ $code }
receipt-of-terminal = 刷卡机的收据

## What do you need?
need-title = 您需要什么帮助？
call-person = 请人过来
need-prompt = 或者告诉我们是什么事：
my-case = 我有带事项编号的凭条
words-optional = 您可以写下我们应该知道的事，也可以不写。
words-required = 请用您自己的话写。用什么语言都可以。
problem-no-words = 请先写几个字。
send = 发送
for-somebody-else = 我是替别人来的
here-for = 您是替这位来的：{ $name }
here-for-title = 您是替谁来的？
here-for-hint = 请触摸符合的一项。有些事只有患者本人能办；前台人员会帮助办理。
not-allowed-line = 前台人员会与您和患者一起办理这件事。
request-resolved = 这件事已经解决。

## An emergency
emergency-calling = 正在呼叫前台……
emergency-delivered = 已呼叫前台。有人正在过来。
emergency-not-delivered = 前台没有回应。请现在就大声呼救。
emergency-over = 有人来了

## Speaking with the desk
message-waits = 前台给您发来消息
message-read = 查看
talk-title = 您和前台
message-not-kept = 您的消息没能发出。请到前台去说。
talk-none = 还没有消息。前台写的内容会显示在这里。
talk-write = 写回复
talk-close = 关闭
said-by = { $name }，{ $time }
said-by-you = 您，{ $time }
reply-title = 您想说什么？
reply-hint = 请用您自己的话写。用什么语言都可以。

## Cases
case-title = 您的事项 { $number }
case-code = 密码：{ $code }
case-answer-by = 我们最迟 { $date } 答复您。
slip-reserved = 正在打印您的凭条。
slip-printed = 请取走凭条：凭它可以随时在这里查看进展。
slip-not-printed = 凭条没有打出来。请记下编号和密码，或拍张照片：查看事项要用。
case-taken = { $name } 正在处理这件事。
case-overdue = 我们的答复晚了。这已报告给管理层。
case-number-title = 您的事项编号是多少？
case-number-hint = 只输入数字，与凭条上的一样。
case-code-title = 您凭条上的密码是多少？
case-code-hint = 六位数字。
case-no-match = 没有找到与这些数字相符的事项。请检查这两项。

## Practice
practice = 练习：这里的内容都不是真的

## The printed slip of a case
slip-title = 您的事项
slip-received = 收到时间：{ $date } { $time }
slip-subject = 事由：{ $subject }
slip-to = 转给：{ $name }
slip-code = 密码：{ $code }
slip-taken-up-by = 我们最迟 { $date } 告诉您由谁处理。
slip-how = 在任何一台自助机上出示这张凭条，就能查看进展。请保管好：凭它能打开您的事项。

## The display of the waiting room
display-title = 候诊室
# Stands above the place, beside the number.
display-go-to = 请到
# Stands while nobody was called yet.
display-idle = 将在这里叫您的号
display-last-calls = 之前叫过的号
# Is spoken. $number: spelled for a voice; $place: as the clinic calls it, such as "Room 1"
display-spoken = { $number } 号，请到 { $place }。
display-late = { $minutes ->
   *[other] { $service }：大约晚 { $minutes } 分钟
}
# How long somebody who comes now would wait. $from, $until: minutes
display-wait = { $until ->
   *[other] { $service }：等候 { $from } 到 { $until } 分钟
}
display-wait-less = { $minutes ->
   *[other] { $service }：等候不到 { $minutes } 分钟
}
# $from, $until: hours, such as "1½"
display-wait-hours = { $service }：等候 { $from } 到 { $until } 小时
# $time: since when the display has heard nothing of the desk
display-lost = 从 { $time } 起没有更新。请注意听叫号，或询问前台。
display-sound = 触摸这里打开声音

## Days, for chrono's format_localized
date-pattern = %-m月%-d日 %A
date-pattern-short = %-m月%-d日 周%a
whole-date-pattern = %Y年%-m月%-d日

## The voice
voice-how-to-move = 用方向键移动，用圆形键选择。
voice-how-to-hear = 按帮助键会重复全部内容；连按两次会请求帮助。音量键改变音量，语速键改变语速。
voice-any-key = 请按任意键继续。
voice-choices = 共 { $steps } 个选项。
voice-sign = 用按键时，请选择“{ $name }”。
voice-entered = 您输入的是：{ $name }。
voice-character = 字符
voice-erased = 已删除
voice-scroll-up = 显示上面的内容
voice-scroll-down = 显示下面的内容
voice-shift = 大写字母
voice-chosen = 已选
voice-not-chosen = 未选
voice-button = 按钮
voice-position = 第 { $step } 项，共 { $steps } 项
voice-volume = 音量 { $step }，共 { $steps } 级
voice-speed = 语速 { $step }，共 { $steps } 级
