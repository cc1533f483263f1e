### The words of the window's page. `shell.ftl` beside it has those of the tray, the notifications and the window itself.

## Said in many places

back = رجوع
cancel = إلغاء
close = إغلاق
copied = تم النسخ
copy = نسخ
copy-failed = تعذر النسخ. حدّد النص واضغط Ctrl+C.
delete = حذف
discard = تجاهل
edit = تعديل
loading = جارٍ التحميل
opening = جارٍ فتح رسائلك…
retry = إعادة المحاولة
try-again = إعادة المحاولة
try-now = المحاولة الآن
undo = تراجع
day-today = اليوم
day-yesterday = أمس
# $time (String) - a clock, a weekday or a date
last-seen = آخر ظهور: { $time }
presence-online = متصل
presence-away = بعيد
kind-group = عدة أشخاص
kind-private-channel = قناة خاصة
unread-count = غير المقروء: { $count }
# $count (Number)
mentions-count =
    { $count ->
        [zero] لا رسائل تشير إليك
        [one] رسالة واحدة تشير إليك
        [two] رسالتان تشيران إليك
        [few] { $count } رسائل تشير إليك
        [many] { $count } رسالة تشير إليك
       *[other] { $count } رسالة تشير إليك
    }

## Landmarks, for those who hear the window

landmark-list = المحادثات
landmark-rail = الشريط الرئيسي
landmark-sheet = المحادثة
landmark-toasts = ما حدث للتو
# $name (String) - the conversation
landmark-timeline = الرسائل مع { $name }

## First run

first-title = مرحبًا بك في Hearth
first-intro = محادثاتك محفوظة على حاسوبك وعلى خادم تختاره أنت. وهي تفتح فورًا، سواء أكنت متصلًا بالشبكة أم لا.
first-start-title = بدء خادم هنا
first-start-text = يصبح هذا الحاسوب خادمًا لمن معك على الشبكة نفسها. لا يلزم تثبيت شيء آخر، ويمكنك نقله لاحقًا إلى جهاز مستقل.
first-start = بدء خادم
first-starting = جارٍ البدء…
first-reach = من يمكنه الوصول إليه؟ يعمل الخادم ما دام Hearth يعمل، ويحتاج كل شخص إلى حساب عليه.
first-reach-lan = من هم على هذه الشبكة
first-reach-lan-help = ينضمون برابط تعطيه لهم. الاتصال مشفّر دائمًا.
first-reach-loopback = هذا الحاسوب فقط
first-reach-loopback-help = لا يمكن لأحد غيرك الاتصال.
first-connect-title = الاتصال بخادم
first-connect-text = هل أعطاك أحد عنوانًا أو رابط اتصال؟ الصقه هنا، وسيجد Hearth الباقي.
first-connect = اتصال
first-connecting = جارٍ الاتصال…
first-address = عنوان الخادم أو رابط الاتصال
first-address-hint = chat.example.org أو رابط
# Where an account is being added and the server in this app runs already.
first-own-title = خادمك أنت
first-own-text = الخادم الموجود في هذا التطبيق يعمل بالفعل. سجّل الدخول إليه بحساب آخر، أو أنشئ حسابًا.
first-own = استخدام هذا الخادم
first-encrypted = محفوظة على قرصك، ومشفّرة
first-no-account = لا حساب لدينا، ولا جمع لبيانات الاستخدام

## Sign in and sign up

sign-in-title = تسجيل الدخول
sign-up-title = إنشاء حساب
sign-up-first-title = إنشاء الحساب الأول
# Followed by the server's name.
sign-on = على
# After the server's name, when it runs inside this app.
sign-embedded = على هذا الحاسوب
sign-another-server = خادم آخر
sign-username = اسم المستخدم
sign-username-help = به يجدك الآخرون: حروف وأرقام ونقاط وشرطات.
sign-username-missing = اكتب اسم المستخدم.
sign-first-name = الاسم الأول
sign-first-name-missing = اكتب الاسم الذي يراه الآخرون.
sign-last-name = اسم العائلة
sign-password = كلمة المرور
sign-password-help = الحد الأدنى لعدد الأحرف: { $min }. بضع كلمات متتالية يسهل تذكرها.
sign-password-missing = اكتب كلمة المرور.
sign-password-short =
    { $count ->
        [0] اختر كلمة مرور لا يقل عدد أحرفها عن { $min }.
        [zero] اختر كلمة مرور لا يقل عدد أحرفها عن { $min }.
        [one] لا يقل عدد أحرف كلمة المرور عن { $min }، وفي هذه حرف واحد.
        [two] لا يقل عدد أحرف كلمة المرور عن { $min }، وفي هذه حرفان.
        [few] لا يقل عدد أحرف كلمة المرور عن { $min }، وفي هذه { $count } أحرف.
        [many] لا يقل عدد أحرف كلمة المرور عن { $min }، وفي هذه { $count } حرفًا.
       *[other] لا يقل عدد أحرف كلمة المرور عن { $min }، وفي هذه { $count } حرف.
    }
sign-code = رمز الإعداد
sign-code-help = طبعه الخادم حين بدأ أول مرة. به يصبح هذا الحساب أول حسابات الخادم.
sign-code-missing = اكتب رمز الإعداد الذي طبعه الخادم حين بدأ.
sign-invite = الدعوة
sign-invite-help = الرابط الذي أُرسل إليك، أو الحروف التي في آخره. لا يقبل هذا الخادم إلا من دُعي إليه.
sign-invite-missing = الصق الدعوة: لا يقبل هذا الخادم إلا من دُعي إليه.
# $domains (String) - with a sign before each, and commas between them
sign-email-domains = عنوان من { $domains }. يُرسل إليه رمز الآن وعند نسيان كلمة المرور. لا يراه الآخرون.
sign-up-closed = لا يقبل هذا الخادم أشخاصًا جددًا.
sign-username-or-email = اسم المستخدم أو عنوان البريد الإلكتروني
sign-email-help = يُرسل إليه رمز الآن وعند نسيان كلمة المرور. لا يراه الآخرون.
sign-email-missing = اكتب عنوان بريدك الإلكتروني: هذا الخادم يتطلبه.
sign-by-code = تسجيل الدخول برمز
sign-forgot = هل نسيت كلمة المرور؟
sign-in-go = تسجيل الدخول
sign-in-busy = جارٍ تسجيل الدخول…
sign-up-go = إنشاء الحساب
sign-up-busy = جارٍ إنشاء الحساب…
sign-new-here = هل أنت جديد هنا؟
sign-to-sign-up = إنشاء حساب
sign-have-account = هل لديك حساب؟
sign-to-sign-in = تسجيل الدخول
sign-reason-session = أنهى الخادم جلستك. سجّل الدخول من جديد؛ لم يُفقد شيء على هذا الحاسوب.
# $device (String) - the name of the other device
sign-reason-device = سُجّل خروجك من هذا الجهاز عن طريق { $device }. سجل محادثاتك محفوظ على هذا الحاسوب: سجّل الدخول من جديد لفتحه، وسيُرسل ما لم تكن قد أرسلته.
sign-reason-deactivated = حسابك معطّل، ولم يُحذف شيء. إن كنت أنت من عطّله فسجّل الدخول لإعادة تفعيله، وإلا فاسأل أحد مشرفي الخادم.
sign-reason-keychain = لم يعد مفتاح Hearth في سلسلة مفاتيح هذا الحاسوب. سجّل الدخول من جديد وستفتح رسائلك كما كانت.
sign-returning = رسائلك هنا، وتفتح حالما تسجّل الدخول.
sign-returning-waiting =
    { $count ->
        [zero] رسائلك هنا، ولا تغييرات تنتظر الإرسال.
        [one] رسائلك هنا، وتغيير واحد ينتظر الإرسال.
        [two] رسائلك هنا، وتغييران ينتظران الإرسال.
        [few] رسائلك هنا، و{ $count } تغييرات تنتظر الإرسال.
        [many] رسائلك هنا، و{ $count } تغييرًا ينتظر الإرسال.
       *[other] رسائلك هنا، و{ $count } تغيير ينتظر الإرسال.
    }
password-show = إظهار كلمة المرور
password-hide = إخفاء كلمة المرور
password-again = كلمة المرور مرة أخرى
password-again-help = لا حاجة إليها ما دامت كلمة المرور أعلاه ظاهرة.
password-differs = كلمتا المرور غير متطابقتين. اكتبها مرة أخرى.

## Codes, passwords and addresses

email-label = عنوان البريد الإلكتروني
email-label-optional = عنوان البريد الإلكتروني (اختياري)
email-missing = اكتب العنوان الجديد.
code-sign-in-title = تسجيل الدخول برمز
code-reset-title = اختيار كلمة مرور جديدة
code-ask-text = يُرسل رمز إلى عنوان البريد الإلكتروني لحسابك.
code-ask = طلب رمز
code-asking = جارٍ الطلب…
# $name (String) - the username or address that was typed
code-sent = إن كان لدى { $name } عنوان متحقَّق منه، فالرمز في طريقه إليه. يصلح مرة واحدة، لمدة ربع ساعة.
# $name (String) - the username or address that was typed
code-printed = هذا الخادم لا يرسل بريدًا. إن كان { $name } حسابًا، فقد طبع الخادم رمزًا حيث يعمل: اطلبه من مالك الخادم.
code-field = الرمز
code-help = ثمانية أرقام
code-missing = اكتب أرقام الرمز الثمانية.
code-again = إرسال رمز آخر
code-again-done = لا يُعتد إلا بآخر رمز.
code-reset-help = يُسجَّل خروجك من كل أجهزتك، ثم يُسجَّل دخولك من جديد على هذا الجهاز.
code-reset-go = تعيين كلمة المرور وتسجيل الدخول
code-back = العودة إلى تسجيل الدخول
password-new = كلمة المرور الجديدة
password-current = كلمة المرور الحالية
password-change = تغيير
password-change-title = تغيير كلمة المرور
password-change-text = يُسجَّل خروجك من أجهزتك الأخرى، ويبقى هذا الجهاز.
password-change-go = تغيير كلمة المرور
password-changed = تم تغيير كلمة المرور، وسُجّل خروجك من أجهزتك الأخرى.
two-step-title = تسجيل الدخول بخطوتين
two-step-off-text = رمز من تطبيق على هاتفك، إضافةً إلى كلمة المرور.
# $date (String) - since when it is on
two-step-since = مفعّل منذ { $date }
# $count (Number) - recovery codes that are left
two-step-left =
    { $count ->
        [0] لم يبق أي رمز استرداد
        [zero] لم يبق أي رمز استرداد
        [one] بقي رمز استرداد واحد
        [two] بقي رمزا استرداد
        [few] بقيت { $count } رموز استرداد
        [many] بقي { $count } رمز استرداد
       *[other] بقي { $count } رمز استرداد
    }
two-step-turn-on = تفعيل
two-step-turn-off = إيقاف
two-step-new-codes = رموز استرداد جديدة
two-step-turn-on-title = تفعيل تسجيل الدخول بخطوتين
two-step-text = عندئذٍ لا يستطيع تسجيل الدخول من لا يملك سوى كلمة مرورك. تحتاج إلى تطبيق مصادقة؛ وقبل ذلك اكتب كلمة المرور مرة أخرى.
# $name, the provider.
two-step-text-provider = عندئذٍ لا يكفي تسجيل الدخول عن طريق { $name }. تحتاج إلى تطبيق مصادقة؛ وقبل ذلك يؤكد { $name } مرة أخرى أنك أنت.
two-step-next = متابعة
two-step-scan = امسح هذا الرمز بتطبيق المصادقة، ثم اكتب الأرقام التي يعرضها.
two-step-qr = رمز QR لتطبيق المصادقة
two-step-type = أو اكتب هذا في التطبيق:
two-step-code = الرمز
two-step-code-help = ستة أرقام، تتجدد كل نصف دقيقة.
two-step-code-missing = اكتب الأرقام الستة التي يعرضها تطبيقك.
two-step-confirm = تفعيل
two-step-on-title = تسجيل الدخول بخطوتين مفعّل
two-step-turn-off-title = هل تريد إيقاف تسجيل الدخول بخطوتين؟
two-step-turn-off-text = عندئذٍ تكفي كلمة المرور وحدها، ولا تعود لرموز الاسترداد قيمة. يتطلب ذلك الخطوتين مرة أخرى.
two-step-is-off = تسجيل الدخول بخطوتين متوقف.
recovery-title = رموز الاسترداد
recovery-text = إن لم يكن هاتفك معك، فبأحد هذه الرموز تسجّل الدخول بدلًا من رمز التطبيق. يصلح كل منها مرة واحدة.
recovery-once = احفظها حيث تجدها من دون هاتفك. لا تُعرض إلا هذه المرة.
recovery-copy = نسخ الكل
recovery-done = لقد حفظتها
recovery-new-title = رموز استرداد جديدة
recovery-new-text = عندئذٍ لا تعود للرموز التي لديك قيمة. يتطلب ذلك الخطوتين مرة أخرى.
recovery-new-go = إنشاء رموز جديدة
provider-ways = طرق أخرى لتسجيل الدخول
provider-or = أو
# Variables: $name, the sign-in provider as the server's owner calls it.
provider-go = المتابعة عن طريق { $name }
# $name, the provider, which vouches for somebody who has no password.
provider-confirm = التأكيد عن طريق { $name }
# $name, the provider.
provider-confirm-text = ليس لديك كلمة مرور هنا: { $name } يؤكد أنك أنت. سيُفتح متصفحك لذلك.
provider-waiting-title = أكمل في متصفحك
# Variables: $name, the provider.
provider-waiting-text = يعرض متصفحك صفحة { $name }. سجّل الدخول فيها، وستتابع هذه النافذة من تلقاء نفسها.
provider-waiting = في انتظار متصفحك…
provider-new-title = اختر اسمك هنا
# Variables: $name, the provider.
provider-new-text = يعرفك { $name }، ولا يعرفك أحد هنا بعد. سيُنشأ حساب بهذين الاسمين.
# Variables: $address, an email address; $name, the provider.
provider-known = لدى أحدهم هنا العنوان { $address }. إن كنت أنت، فارجع وسجّل الدخول إلى ذلك الحساب، ثم اربط { $name } من إعداداته.
external-title = حسابات تسجيل الدخول
external-text = حساب في مكان آخر تسجّل به الدخول هنا، إضافةً إلى كلمة المرور.
# Variables: $name, the provider.
external-link = ربط { $name }
# Variables: $date, a day.
external-since = رُبط في { $date }
# Variables: $name, the provider.
external-refused = أنهى { $name } الربط: سجّل الدخول عن طريقه مرة أخرى
external-unlink = إلغاء الربط
# Variables: $name, the provider.
external-unlinked = لم يعد تسجيل الدخول إلى حسابك ممكنًا عن طريق { $name }.
# Variables: $name, the provider.
external-linked = يمكنك الآن تسجيل الدخول عن طريق { $name }.
# Variables: $name, the provider.
external-link-title = هل تريد ربط { $name }؟
# Variables: $name, the provider.
external-link-text = عندئذٍ يدخل إلى هذا الحساب كل من يسجّل الدخول لدى { $name }. أثبت أولًا مرة أخرى أنك أنت، ثم يُفتح متصفحك.
# Variables: $name, the provider.
password-none = ليس لديك كلمة مرور: تسجّل الدخول عن طريق { $name }.
password-set-open = تعيين كلمة مرور
password-set-title = تعيين كلمة مرور
# Variables: $name, the provider.
password-set-text = يمكنك تسجيل الدخول بها إلى جانب { $name }، الذي يؤكد مرة أخرى أنك أنت.
password-set = تم تعيين كلمة المرور.
second-step-title = خطوة أخيرة
second-step-text = اكتب الرمز الذي يعرضه تطبيق المصادقة الآن.
second-step-help = ستة أرقام، أو أحد رموز الاسترداد.
second-step-missing = اكتب رمز تطبيقك، أو رمز استرداد.
archive-title = كل ما يخصك
archive-text = نسخة مما يخصك ومن كل ما يمكنك قراءته هنا، في ملف لا يحتاج إلى Hearth.
archive-offline = تعذر الوصول إلى الخادم: سيحتوي الملف على ما هو موجود على هذا الحاسوب، ويذكر ما ينقصه.
archive-open = تنزيل…
archive-making = جارٍ إنشاء أرشيفك
archive-wait = يمكنك المتابعة حين يكتمل. إن ألغيت، فلن يُحتفظ بشيء منه.
archive-progress-label = المحادثات التي أصبحت في الأرشيف
# $done, $all (Number) - conversations; $messages (Number) - messages that were written
archive-progress =
    { $done } من { $all } من المحادثات · { $messages ->
        [zero] لا رسائل
        [one] رسالة واحدة
        [two] رسالتان
        [few] { $messages } رسائل
        [many] { $messages } رسالة
       *[other] { $messages } رسالة
    }
archive-ready = أرشيفك جاهز
# $messages, $conversations (Number)
archive-counts =
    { $messages ->
        [zero] لا رسائل
        [one] رسالة واحدة
        [two] رسالتان
        [few] { $messages } رسائل
        [many] { $messages } رسالة
       *[other] { $messages } رسالة
    } من { $conversations ->
        [zero] أي محادثة.
        [one] محادثة واحدة.
        [two] محادثتين.
        [few] { $conversations } محادثات.
        [many] { $conversations } محادثة.
       *[other] { $conversations } محادثة.
    }
archive-care = من يحصل على هذا الملف يستطيع قراءته كله: فهو غير مشفّر. يبيّن الملف README.html الذي فيه مكان كل شيء.
archive-from-here = تعذر الوصول إلى الخادم، لذا يحتوي الأرشيف على ما هو موجود على هذا الحاسوب.
# $count (Number) - conversations
archive-incomplete =
    { $count ->
        [zero] لا محادثات ناقصة.
        [one] محادثة واحدة ناقصة: أنشئ أرشيفًا آخر حين تكون متصلًا.
        [two] محادثتان ناقصتان: أنشئ أرشيفًا آخر حين تكون متصلًا.
        [few] { $count } محادثات ناقصة: أنشئ أرشيفًا آخر حين تكون متصلًا.
        [many] { $count } محادثة ناقصة: أنشئ أرشيفًا آخر حين تكون متصلًا.
       *[other] { $count } محادثة ناقصة: أنشئ أرشيفًا آخر حين تكون متصلًا.
    }
archive-failed = لم يُنشأ أرشيف
archive-cancelled = أُلغي الأرشيف، ولم يُحتفظ بشيء منه.
account-delete = حذف حسابك
account-delete-help = نهائيًا، مع كل ما كتبته هنا.
account-delete-open = حذف…
account-delete-title = هل تريد حذف حسابك؟
account-delete-text = لا يمكن التراجع عن ذلك. يُزال كل ما كتبته على هذا الخادم، وتغادر جميع المحادثات والمجموعات، ولا يستطيع أحد أخذ اسم المستخدم الخاص بك.
account-delete-others = يبقى للآخرين ما كتبوه. يُسجَّل خروجك من أجهزتك، وينسى هذا الحاسوب رسائلك.
# $count (Number) - messages and changes that wait to be sent
account-delete-waiting =
    { $count ->
        [zero] لا شيء مما لم ترسله بعد سيُفقد.
        [one] سيُفقد شيء واحد لم ترسله بعد.
        [two] سيُفقد شيئان لم ترسلهما بعد.
        [few] ستُفقد { $count } أشياء لم ترسلها بعد.
        [many] سيُفقد { $count } شيئًا لم ترسله بعد.
       *[other] سيُفقد { $count } شيء لم ترسله بعد.
    }
account-delete-go = حذف حسابي
account-deleted = تم حذف حسابك.
account-deactivate = تعطيل حسابك
account-deactivate-help = لبعض الوقت: لا يُحذف شيء، وتسجيل الدخول يعيد تفعيله.
account-deactivate-open = تعطيل…
account-deactivate-title = هل تريد تعطيل حسابك؟
account-deactivate-text = يُسجَّل خروجك من كل أجهزتك، ويرى الآخرون أن حسابك معطّل.
account-deactivate-stays = لا يُحذف شيء: تبقى محادثاتك ومجموعاتك وجهات اتصالك. لإعادة تفعيله، سجّل الدخول.
# $count (Number) - messages and changes that wait to be sent
account-deactivate-waiting =
    { $count ->
        [zero] لا شيء لم ترسله بعد ينتظر على هذا الحاسوب.
        [one] شيء واحد لم ترسله بعد ينتظر على هذا الحاسوب حتى ذلك الحين.
        [two] شيئان لم ترسلهما بعد ينتظران على هذا الحاسوب حتى ذلك الحين.
        [few] { $count } أشياء لم ترسلها بعد تنتظر على هذا الحاسوب حتى ذلك الحين.
        [many] { $count } شيئًا لم ترسله بعد ينتظر على هذا الحاسوب حتى ذلك الحين.
       *[other] { $count } شيء لم ترسله بعد ينتظر على هذا الحاسوب حتى ذلك الحين.
    }
account-deactivate-go = تعطيل حسابي
person-deactivated = معطّل
# $name (String) - first name of the other one
deactivated-peer = ليس لدى { $name } حساب مفعّل حاليًا ولن يقرأ شيئًا. ما تكتبه ينتظر هناك.
deleted-account = حساب محذوف
deleted-peer = حُذف هذا الحساب. يبقى ما كتبته، ولا يمكن إرسال المزيد.
deleted-title = حُذف هذا الحساب
# $name (String) - whose account it was
deleted-text = لم يعد حساب { $name } موجودًا. لا تزال رسائله على هذا الحاسوب، مشفّرة. أزلها: لا يمكن فتحها بعد الآن.
deleted-go = إزالتها من هذا الحاسوب
# What a password is worth, beside a bar.
password-weak = سهلة التخمين
password-fair = متوسطة
password-good = جيدة
password-strong = قوية
email-none = لا يوجد بعد. به يمكنك تعيين كلمة مرور جديدة إن نسيتها.
# $address (String)
email-verified = { $address }، متحقَّق منه
# $address (String)
email-unverified = { $address }، لم يُتحقَّق منه بعد: لا يُرسل إليه رمز عند نسيان كلمة المرور
email-add = إضافة
email-remove = إزالة
email-remove-title = هل تريد إزالة عنوانك؟
# $address, an email address
email-remove-text = لن تُرسل الرموز إلى { $address } بعد الآن: من دون عنوان لا سبيل إلى استعادة كلمة مرور منسية، ولا يمكن تسجيل الدخول به.
email-remove-go = إزالة العنوان
email-removed = لم يعد لحسابك عنوان.
email-change = تغيير
email-verify = تحقق
email-change-title = عنوان بريدك الإلكتروني
email-change-text = يُرسل رمز إلى العنوان الجديد. يبقى العنوان القديم لك إلى أن تكتب الرمز هنا.
email-verify-title = هل هذا العنوان لك؟
# $address (String)
email-sent = الرمز في طريقه إلى { $address }. يصلح مرة واحدة، لمدة ربع ساعة.
# $address (String)
email-printed = هذا الخادم لا يرسل بريدًا. لقد طبع رمز { $address } حيث يعمل: اطلبه من مالك الخادم.
email-confirm = تأكيد
email-later = لاحقًا
email-confirmed = تم التحقق من عنوانك.
needs-server = أنت غير متصل: هذا يحتاج إلى الخادم.
account-offline = أنت غير متصل: ما هو رمادي هنا يحتاج إلى الخادم.

## Locked, and what cannot be opened

lock-title = افتح القفل لتظهر رسائلك
lock-keychain-text = سلسلة مفاتيح النظام مقفلة. افتح قفلها ثم أعد المحاولة. لم يُفقد شيء، وHearth في الانتظار.
lock-try-again = إعادة المحاولة
lock-text = ليس لهذا الحاسوب سلسلة مفاتيح، لذا تحمي عبارة المرور رسائلك.
lock-go = فتح القفل
lock-new-title = اختر عبارة مرور
lock-new-text = ليس لهذا الحاسوب سلسلة مفاتيح يُحفظ فيها مفتاح Hearth. تحمي عبارة المرور رسائلك بدلًا منها، وتكتبها حين يبدأ Hearth.
lock-new-help = الحد الأدنى لعدد الأحرف: { $min }. لا يستطيع أحد إخبارك بها إن نسيتها.
lock-new-go = استخدام عبارة المرور هذه
lock-passphrase = عبارة المرور
lock-again = مرة أخرى
lock-missing = اكتب عبارة المرور.
lock-differs = العبارتان غير متطابقتين. اكتبها مرة أخرى.
blocked-title = يتعذر على Hearth فتح رسائلك
blocked-calm = لم يُحذف شيء.
blocked-copy = نسخ التفاصيل

## The rail

rail-all = كل المحادثات
rail-people = الأشخاص
rail-people-asking = { $count ->
    [zero] الأشخاص، ولا طلبات منهم
    [one] الأشخاص، وأحدهم أرسل إليك طلبًا
    [two] الأشخاص، واثنان منهم أرسلا إليك طلبين
    [few] الأشخاص، و{ $count } منهم أرسلوا إليك طلبات
    [many] الأشخاص، و{ $count } منهم أرسلوا إليك طلبات
   *[other] الأشخاص، و{ $count } منهم أرسلوا إليك طلبات
}
rail-scheduled-failed = { $count ->
    [zero] الرسائل المجدولة، لم يتعذر إرسال أي منها
    [one] الرسائل المجدولة، تعذر إرسال واحدة منها
    [two] الرسائل المجدولة، تعذر إرسال اثنتين منها
    [few] الرسائل المجدولة، تعذر إرسال { $count } منها
    [many] الرسائل المجدولة، تعذر إرسال { $count } منها
   *[other] الرسائل المجدولة، تعذر إرسال { $count } منها
}
rail-settings = الإعدادات
rail-me = { $name }، حسابك

## The list

list-title = المحادثات
list-new = محادثة جديدة
list-by-group = المحادثات حسب المجموعة
list-order = ترتيب القائمة
list-order-newest = الأحدث أولًا
list-order-unread = غير المقروء أولًا
list-order-name = حسب الاسم
list-search = بحث أو انتقال إلى…
list-you = أنت:
# $name (String) - first name of who wrote the last message
list-from = { $name }:
list-draft = مسودة:
list-no-messages = لا رسائل بعد
list-show-all = عرض الكل
list-failed = تعذرت قراءة القائمة
list-empty-title = لا محادثات بعد
list-empty-text = ابحث عن شخص باسمه وألقِ عليه التحية.
list-unread-empty-title = كل شيء مقروء
list-unread-empty-text = تظهر الرسائل الجديدة هنا.
list-direct-empty-title = لا محادثات مباشرة بعد
list-direct-empty-text = ابحث عن شخص باسمه وألقِ عليه التحية.
list-groups-empty-title = لا محادثات بين عدة أشخاص بعد
list-groups-empty-text = تظهر هنا المحادثات بين عدة أشخاص، وقنوات مجموعاتك.
list-groups-new = إنشاء واحدة
list-my-groups = مجموعاتي
# Over what is of no group, where the list stands by group
list-section-outside = خارج المجموعات
filter-label = عرض
filter-all = الكل
filter-unread = غير المقروءة
filter-direct = المباشرة
filter-groups = المجموعات
filter-archived = المؤرشفة
list-archived-empty-title = لا شيء في الأرشيف
list-archived-empty-text = المحادثات التي تؤرشفها تنتظر هنا إلى أن يصل جديد.
conversation-menu = خيارات هذه المحادثة
pin = تثبيت في الأعلى
unpin = إلغاء التثبيت
pinned = مثبّتة
mark-read = تعليم كمقروءة
mark-unread = تعليم كغير مقروءة
mark-unread-from = تعليم كغير مقروء من هنا
archive = أرشفة
unarchive = إعادة إلى القائمة
archived-done = تمت الأرشفة. تعود المحادثة حين يصل إليها جديد.
muted = مكتومة
unmute = إلغاء الكتم
muted-done = كُتمت المحادثة إلى أن تلغي الكتم.
unmuted-done = لم تعد المحادثة مكتومة.
mute-hour = كتم لمدة ساعة
mute-hours = كتم لمدة ثماني ساعات
mute-week = كتم لمدة أسبوع
mute-for-ever = كتم إلى أن ألغيه
level-all = إشعاري بكل شيء
level-mentions = عند الإشارة إليّ فقط
level-nothing = عدم إشعاري بشيء

## Stars and pins

starred-title = المميزة بنجمة
starred-empty-title = لا رسائل مميزة بنجمة بعد
starred-empty-text = ميّز بنجمة ما تريد العثور عليه لاحقًا، من قائمة الرسالة أو بالمفتاح S. لا يراها أحد غيرك.
starred-more = عرض المزيد
collections = مجموعات المحفوظات
collections-none = ليست لديك مجموعات محفوظات بعد.
collection-all = كل المميز بنجمة
collection-new = مجموعة محفوظات جديدة
collection-create = إنشاء
collection-rename = تغيير اسم مجموعة المحفوظات
collection-save = حفظ
collection-name = الاسم
# $max (Number) - characters
collection-name-help = الحد الأقصى لعدد الأحرف { $max }؛ ولا يراها أحد غيرك
collection-take-out = إخراج من مجموعة المحفوظات
collection-taken-out = أُخرجت من مجموعة المحفوظات.
collection-empty-title = لا شيء في مجموعة المحفوظات هذه بعد
collection-empty-text = أضف رسالة من قائمتها أو بالمفتاح C. لا يراها أحد غيرك.
# $name (String) - what the collection is called
collection-delete-title = حذف «{ $name }»؟
collection-delete-text = تُحذف مجموعة المحفوظات من كل أجهزتك ولا يمكن استعادتها. أما الرسائل التي فيها فتبقى في مكانها.
collection-delete = حذف مجموعة المحفوظات
marked-not-here = هذه الرسالة ليست على هذا الحاسوب بعد. افتحها وسيجري جلبها.
pins-title = المثبّتة
# $at (Number) - which one is shown, from 1
# $count (Number)
pins-place = { $at } من { $count }
pins-next = عرض الرسالة المثبّتة التالية
pins-all = كل الرسائل المثبّتة
# $name (String) - who pinned it
pins-by = ثبّتها { $name }
pins-nothing = لم يعد شيء مثبّتًا هنا.

## The foot of the list

status-connected = متصل
status-connecting = جارٍ الاتصال…
status-catching-up = جارٍ جلب ما فاتك…
status-offline = غير متصل
status-blocked = متوقف
status-up-to-date = محدّث
status-next-try = المحاولة التالية بعد { $seconds } ث
status-trying = تجري المحاولة الآن
# $complete and $all (Number) - conversations whose whole history is on this computer, of all
status-backfill = السجل { $complete }/{ $all }
status-backfill-label = السجل في طريقه إلى هذا الحاسوب

## Banners

banner-offline = أنت غير متصل.
banner-offline-text = يمكنك قراءة كل شيء هنا والبحث فيه.
banner-offline-waiting =
    { $count ->
        [zero] لا تغييرات تنتظر الإرسال.
        [one] يُرسل تغيير واحد حين يستجيب الخادم.
        [two] يُرسل تغييران حين يستجيب الخادم.
        [few] تُرسل { $count } تغييرات حين يستجيب الخادم.
        [many] يُرسل { $count } تغييرًا حين يستجيب الخادم.
       *[other] يُرسل { $count } تغيير حين يستجيب الخادم.
    }
banner-blocked = لا يُرسل شيء في الوقت الحالي.
banner-sign-in = تسجيل الدخول من جديد
# $server (String) - the server that a link leads to which was opened from outside
link-here = أنت على { $server } بالفعل.

# Several accounts in one app.
accounts = الحسابات
accounts-text = تبقى كلها متصلة، ويحتفظ كل منها برسائله بمعزل عن غيره.
account-new = حساب جديد
account-signed-out = تم تسجيل الخروج
account-locked = مقفل
account-blocked = يحتاج إلى انتباهك
account-here = المعروض الآن
account-switch = تبديل
# $name (String) - whose account, and on which server
account-switch-to = التبديل إلى { $name }
account-add = إضافة حساب
account-add-help = على هذا الخادم أو غيره. يبقى المفتوح هنا كما هو.
account-add-open = إضافة…
account-cancel = إلغاء
account-add-title = هل تريد إضافة حساب؟
# $address (String) - the server that a link leads to
account-add-link = يقود الرابط إلى خادم عنوانه { $address }، وليس لك حساب عليه. يمكنك إضافة حساب هناك، ولا يتأثر شيء من حساباتك.
account-add-invite = الدعوة لمن هم على الخادم الذي عنوانه { $address }، وليس لك حساب عليه. حين تضيف حسابًا هناك، ترى إلى أين تقود الدعوة.
account-remove = إزالة هذا الحساب من هذا الحاسوب
account-remove-title = هل تريد إزالة هذا الحساب من هذا الحاسوب؟
# $name (String) - whose account
account-remove-text = تُزال رسائل { $name } من هذا الحاسوب، مع المسودات وكل ما لم يُرسل بعد. ما على الخادم يبقى هناك: من يسجّل الدخول من جديد يستعيده.
account-remove-embedded = يتوقف الخادم الموجود في هذا التطبيق حين لا يبقى عليه أي من حساباتك هنا. ما يحفظه يبقى على هذا الحاسوب.
account-remove-go = إزالة

## The conversation

empty-choose-title = اختر محادثة
empty-choose-text = أو اضغط { $key } واكتب بضعة حروف من اسم.
empty-nobody-title = ادعُ أحدًا
empty-nobody-text = ينضم الناس برابط الخادم. تجده في الإعدادات، ومنها تنسخه.
empty-nobody-go = عرض الرابط
history-arriving = الرسائل الأقدم في طريقها إليك
timeline-new =
    { $count ->
        [zero] لا رسائل جديدة
        [one] رسالة جديدة واحدة
        [two] رسالتان جديدتان
        [few] { $count } رسائل جديدة
        [many] { $count } رسالة جديدة
       *[other] { $count } رسالة جديدة
    }
timeline-latest = الأحدث
timeline-back = العودة إلى حيث كنت
timeline-complete = هذه المحادثة كلها على هذا الحاسوب.
timeline-beginning = هنا تبدأ المحادثة.
timeline-removed = أُزيلت الرسائل الأقدم وفق سياسة الخادم.
timeline-gap = بعض الرسائل هنا في طريقها إليك.
timeline-gap-offline = بعض الرسائل هنا ليست على هذا الحاسوب بعد.
timeline-gap-fetch = جلب
timeline-failed = تعذرت قراءة هذه المحادثة
timeline-missing-title = ليست على هذا الحاسوب بعد
timeline-missing-text = تصل رسائل هذه المحادثة حالما يستجيب الخادم. يمكنك الكتابة منذ الآن.
timeline-empty-direct = لا رسائل بينك وبين { $name } بعد. ألقِ التحية، وستُرسل حتى إن كان { $name } بعيدًا.
timeline-empty-group = لم يكتب أحد هنا بعد.
jump-failed = هذه الرسالة ليست على هذا الحاسوب بعد.
date-title = الانتقال إلى تاريخ
date-intro = تُعرض أول رسالة في ذلك اليوم، أو أول رسالة بعده.
date-day = اليوم
date-go = عرض
date-no-day = اختر يومًا.
date-first = أول رسالة
date-week = قبل أسبوع
date-month = قبل شهر
date-year = قبل سنة
date-nearest = قد لا تكون رسائل ذلك الوقت على هذا الحاسوب بعد. هذه أقرب رسالة موجودة.
date-nothing = لم يُكتب شيء منذ ذلك اليوم. هذه أحدث رسالة.
# $text (String) - read aloud when a message arrives
announce = { $name }: { $text }
message-label = { $name }، { $time }
message-me = أنت
message-deleted = حُذفت الرسالة
message-edited = معدّلة
message-menu = خيارات هذه الرسالة
react = إضافة تفاعل
react-with = التفاعل بـ { $emoji }
reactions = التفاعلات
reactions-who = من تفاعل
reactions-none = لم يتفاعل أحد مع هذه الرسالة.
thread-title = سلسلة
list-asides = { $count ->
    [zero] لا جديد في السلاسل
    [one] رد جديد في السلاسل
    [two] ردان جديدان في السلاسل
    [few] { $count } ردود جديدة في السلاسل
    [many] { $count } ردًا جديدًا في السلاسل
   *[other] { $count } رد جديد في السلاسل
}
thread-count = { $count ->
    [zero] لا ردود
    [one] رد واحد
    [two] ردان
    [few] { $count } ردود
    [many] { $count } ردًا
   *[other] { $count } رد
}
thread-unread = { $count ->
    [zero] لا جديد
    [one] رد جديد
    [two] ردان جديدان
    [few] { $count } ردود جديدة
    [many] { $count } ردًا جديدًا
   *[other] { $count } رد جديد
}
thread-follow = متابعة هذه السلسلة
thread-write = اكتب في السلسلة
thread-also = إظهاره في المحادثة أيضًا
thread-empty = لم يرد أحد هنا بعد.
thread-earlier = عرض الردود السابقة
thread-missing = الرسالة التي تخصها هذه السلسلة ليست هنا.
threads-title = السلاسل
threads-empty-title = لا سلاسل بعد
threads-empty-text = هنا السلاسل التي تتابعها: ما تكتب فيه أو يُذكر فيه اسمك، وما كان تحت كلامك، وما تختار متابعته.
threads-gone = الرسالة التي تخصها هذه السلسلة لم تعد ظاهرة.
threads-leave = مغادرة هذه السلسلة
threads-left = لم تعد تتابع هذه السلسلة.
threads-more = عرض المزيد
reactions-me = أنت
reactions-others = { $count ->
    [zero] { $names }
    [one] { $names } وشخص آخر
    [two] { $names } وشخصان آخران
    [few] { $names } و{ $count } أشخاص آخرين
    [many] { $names } و{ $count } شخصًا آخر
   *[other] { $names } و{ $count } شخص آخر
}
reactions-label = { $emoji } { $count }: { $names }
reactions-count = { $count ->
    [zero] لا أحد
    [one] شخص واحد
    [two] شخصان
    [few] { $count } أشخاص
    [many] { $count } شخصًا
   *[other] { $count } شخص
}
emoji-choose = اختيار رمز تعبيري
emoji-insert = إدراج رمز تعبيري
emoji-search = بحث في الرموز التعبيرية
emoji-none = لا رمز تعبيري بهذا الاسم.
emoji-found = النتائج
emoji-recent = المختارة مؤخرًا
emoji-smileys = الوجوه والمشاعر
emoji-people = الأشخاص والجسم
emoji-nature = الحيوانات والطبيعة
emoji-food = الطعام والشراب
emoji-travel = السفر والأماكن
emoji-activities = الأنشطة
emoji-objects = الأشياء
emoji-symbols = الرموز
emoji-flags = الأعلام
emoji-tone = لون البشرة
emoji-tone-none = بلا لون بشرة
emoji-tone-light = بشرة فاتحة
emoji-tone-medium-light = بشرة متوسطة مائلة إلى الفاتحة
emoji-tone-medium = بشرة متوسطة
emoji-tone-medium-dark = بشرة متوسطة مائلة إلى الداكنة
emoji-tone-dark = بشرة داكنة
message-edit = تعديل هذه الرسالة
message-delete = حذف لدى الجميع…
message-hide = حذف لديّ
message-hidden = حُذفت الرسالة لديك.
message-reply = رد
message-thread = رد في سلسلة
message-forward = إعادة توجيه…
message-forwarded = أُعيد توجيهها
forward-title = إعادة توجيه الرسالة
forward-to = إعادة التوجيه إلى
forward-none = لا محادثة باسم «{ $query }».
forward-comment = تعليق
forward-comment-help = يُرسل بعد الرسالة، ويجوز أن يبقى فارغًا
forward-nowhere = اختر محادثة أولًا.
forward-too-many = الحد الأقصى لعدد المحادثات المختارة: { $max }.
forward-go =
    { $count ->
        [0] إعادة توجيه
        [zero] إعادة توجيه
        [one] إعادة توجيه
        [two] إعادة توجيه إلى محادثتين
        [few] إعادة توجيه إلى { $count } محادثات
        [many] إعادة توجيه إلى { $count } محادثة
       *[other] إعادة توجيه إلى { $count } محادثة
    }
forward-waits = سيُعاد توجيهها حالما تصبح متصلًا.
forward-done =
    { $count ->
        [zero] لم يُعَد التوجيه
        [one] تمت إعادة التوجيه
        [two] تمت إعادة التوجيه إلى محادثتين
        [few] تمت إعادة التوجيه إلى { $count } محادثات
        [many] تمت إعادة التوجيه إلى { $count } محادثة
       *[other] تمت إعادة التوجيه إلى { $count } محادثة
    }
# Before whose words they are, read aloud
quote-label = ردًا على
quote-jump = الانتقال إلى الرسالة
quote-coming = لم تُحمّل الرسالة
quote-hidden = رسالة حذفتها لديك
quote-never = رسالة لا يمكنك رؤيتها
message-copy = نسخ النص
star = تمييز بنجمة
star-remove = إزالة النجمة
star-removed = أُزيلت نجمتها.
collect = إضافة إلى مجموعة محفوظات…
collect-title = إضافة إلى مجموعة محفوظات
collect-done = تم
collection-new-name = اسم مجموعة محفوظات جديدة
message-starred = مميزة بنجمة
message-pin = تثبيت للجميع
message-unpin = إلغاء التثبيت
message-pinned = مثبّتة
message-link = نسخ الرابط
message-link-copied = تم نسخ الرابط. يقود من هو في هذه المحادثة إلى الرسالة.
message-unknown = تحتاج هذه الرسالة إلى إصدار أحدث من Hearth
versions-open = نص الرسالة قبل التعديل
versions-title = سجل التعديلات
versions-loading = جارٍ سؤال الخادم عن نص الرسالة قبل التعديل…
# $time (String)
versions-first = أُرسلت: { $time }
versions-edited = عُدّلت: { $time }
versions-waiting = عُدّلت، وتنتظر الإرسال
# Read aloud before words that are marked by a line under or through them.
versions-added = أُضيف:
versions-removed = أُزيل:
# $count (Number) - versions before the one above it
versions-missing = { $count ->
    [zero] لم يُفقد أي إصدار قبل هذا.
    [one] لم يُحفظ إصدار واحد قبل هذا.
    [two] لم يُحفظ إصداران قبل هذا.
    [few] لم تُحفظ { $count } إصدارات قبل هذا.
    [many] لم يُحفظ { $count } إصدارًا قبل هذا.
   *[other] لم يُحفظ { $count } إصدار قبل هذا.
}
versions-missing-offline = نص الرسالة قبل التعديل ليس على هذا الحاسوب. يمكن الاطلاع عليه حين يستجيب الخادم.
spoiler-show = نص مخفي: إظهار
spoiler-hidden = نص مخفي
spoiler-open = نص كان مخفيًا
code-label = شيفرة
code-copy = نسخ هذه الشيفرة
message-discarded = تم تجاهل الرسالة
delivery-queued = في انتظار الإرسال
delivery-sending = جارٍ الإرسال
delivery-sent = أُرسلت
delivery-delivered = وصلت
delivery-read = قُرئت
delivery-failed = لم تُرسل
readers-open = من قرأ هذه الرسالة
readers-title = من قرأ هذه الرسالة
readers-read = قرأها
readers-delivered = وصلت إلى
readers-nobody = لا أحد بعد، بقدر ما يسمح لك الآخرون بمعرفته.
delivery-canceling = جارٍ السحب
note-offline = في انتظار الاتصال
note-waiting = في انتظار الإرسال

## Editing and deleting

edit-label = تعديل الرسالة
edit-cancel = إبقاؤها كما هي
edit-save = حفظ
edit-conflict = غيّرت هذه الرسالة على جهاز آخر في هذه الأثناء. نصها الجديد ظاهر أعلاه، ونصك محفوظ هنا.
edit-use = استخدام نصي
edit-drop = ترك نصي
edit-failed = رُفض تعديلك: { $reason }
delete-failed = تعذر الحذف: { $reason }
delete-title = هل تريد حذف هذه الرسالة؟
delete-text = تُحذف لدى كل من في المحادثة، ولا يمكن استعادتها.
discard-title = هل تريد أيضًا تجاهل ما يحتاج إليه؟
discard-text =
    { $count ->
        [zero] لا تغييرات تتوقف عليه:
        [one] تغيير واحد لا يمكن إرساله من دونه:
        [two] تغييران لا يمكن إرسالهما من دونه:
        [few] { $count } تغييرات لا يمكن إرسالها من دونه:
        [many] { $count } تغييرًا لا يمكن إرسالها من دونه:
       *[other] { $count } تغيير لا يمكن إرسالها من دونه:
    }
discard-all = تجاهل الكل
taken-back-arrived = كانت قد أُرسلت بالفعل، لذا تبقى.
taken-back-returned = تم سحبها. نصها في مربع الرسالة الخاص بمحادثتها.
taken-back-thread = تم سحبها. نصها في مربع الكتابة الخاص بسلسلتها.
taken-back-show = عرض

## What is on this computer

coverage-label = على هذا الحاسوب
coverage-whole =
    { $count ->
        [zero] كل شيء منذ { $date } موجود على هذا الحاسوب: لا رسائل.
        [one] كل شيء منذ { $date } موجود على هذا الحاسوب: رسالة واحدة.
        [two] كل شيء منذ { $date } موجود على هذا الحاسوب: رسالتان.
        [few] كل شيء منذ { $date } موجود على هذا الحاسوب: { $count } رسائل.
        [many] كل شيء منذ { $date } موجود على هذا الحاسوب: { $count } رسالة.
       *[other] كل شيء منذ { $date } موجود على هذا الحاسوب: { $count } رسالة.
    }
coverage-empty = كل شيء موجود على هذا الحاسوب. لا رسائل بعد.
coverage-part =
    { $count ->
        [zero] لا رسائل هنا.
        [one] هنا رسالة واحدة.
        [two] هنا رسالتان.
        [few] هنا { $count } رسائل.
        [many] هنا { $count } رسالة.
       *[other] هنا { $count } رسالة.
    }
coverage-part-of =
    { $count ->
        [zero] لا رسائل هنا، ولا يزيد عدد الناقصة عن { $missing }.
        [one] هنا رسالة واحدة، ولا يزيد عدد الناقصة عن { $missing }.
        [two] هنا رسالتان، ولا يزيد عدد الناقصة عن { $missing }.
        [few] هنا { $count } رسائل، ولا يزيد عدد الناقصة عن { $missing }.
        [many] هنا { $count } رسالة، ولا يزيد عدد الناقصة عن { $missing }.
       *[other] هنا { $count } رسالة، ولا يزيد عدد الناقصة عن { $missing }.
    }
coverage-arriving = الأقدم لا يزال يُجلب.
coverage-later = يصل الأقدم حين يستجيب الخادم من جديد.
coverage-none = لا شيء هنا بعد؛ جارٍ الجلب.
coverage-none-offline = لا شيء هنا بعد؛ سيصل حين يستجيب الخادم.
# $periods (String) - one or several
coverage-missing = ينقص: { $periods }.
# $date (String) - a day
coverage-before = ما قبل { $date }
# $date (String) - a day
coverage-after = ما بعد { $date }
coverage-all = كل شيء
coverage-fetch = جلبه الآن
coverage-total =
    { $count ->
        [zero] المحادثات الموجودة بكاملها على هذا الحاسوب: { $complete } من { $all }، وفيها جميعًا لا رسائل.
        [one] المحادثات الموجودة بكاملها على هذا الحاسوب: { $complete } من { $all }، وفيها جميعًا رسالة واحدة.
        [two] المحادثات الموجودة بكاملها على هذا الحاسوب: { $complete } من { $all }، وفيها جميعًا رسالتان.
        [few] المحادثات الموجودة بكاملها على هذا الحاسوب: { $complete } من { $all }، وفيها جميعًا { $count } رسائل.
        [many] المحادثات الموجودة بكاملها على هذا الحاسوب: { $complete } من { $all }، وفيها جميعًا { $count } رسالة.
       *[other] المحادثات الموجودة بكاملها على هذا الحاسوب: { $complete } من { $all }، وفيها جميعًا { $count } رسالة.
    }
coverage-more = عرض المزيد: { $count }

## The composer

composer-label = كتابة رسالة
composer-message = رسالة إلى { $name }
composer-offline = اكتب رسالة، وستُرسل حين يعود الاتصال
composer-send = إرسال
later-title = إرسال لاحقًا
later-hour = بعد ساعة
later-evening = هذا المساء
later-tomorrow = غدًا صباحًا
later-monday = يوم الاثنين
later-other = تاريخ ووقت آخران…
later-intro = يرسلها الخادم في ذلك الوقت، حتى إن لم يكن أي من أجهزتك يعمل.
later-when = التاريخ والوقت
later-go = جدولة
later-no-time = اختر تاريخًا ووقتًا.
later-too-soon = حان هذا الوقت بالفعل. اختر وقتًا لاحقًا، أو أرسل الرسالة الآن.
# $when (String) - a day and a time
later-done = موعد الإرسال: { $when }
# $time (String) - of the clock
when-today = اليوم، { $time }
when-tomorrow = غدًا، { $time }
scheduled-title = الرسائل المجدولة
# $name (String) - of the conversation
conversation-gone = لم تعد «{ $name }» هنا: حُذفت، أو لم تعد فيها.
scheduled-empty-title = لا رسائل مجدولة
scheduled-empty-text = اكتب رسالة واختر «إرسال لاحقًا» بجانب زر الإرسال. يرسلها الخادم في موعدها، حتى إن لم يكن أي من أجهزتك يعمل.
# $count (Number) - messages
scheduled-bar = { $count ->
    [zero] لا رسائل مجدولة
    [one] رسالة مجدولة واحدة
    [two] رسالتان مجدولتان
    [few] { $count } رسائل مجدولة
    [many] { $count } رسالة مجدولة
   *[other] { $count } رسالة مجدولة
}
scheduled-bar-failed = { $count ->
    [zero] لم يتعذر إرسال أي رسالة مجدولة
    [one] تعذر إرسال رسالة مجدولة واحدة
    [two] تعذر إرسال رسالتين مجدولتين
    [few] تعذر إرسال { $count } رسائل مجدولة
    [many] تعذر إرسال { $count } رسالة مجدولة
   *[other] تعذر إرسال { $count } رسالة مجدولة
}
scheduled-show = عرض
scheduled-elsewhere = محادثة لم تعد فيها
scheduled-unknown = رسالة لا يستطيع هذا الإصدار عرضها
# $when (String) - a day and a time
scheduled-only-here = { $when }، ولم تصل إلى الخادم بعد
scheduled-when-online = حان موعدها، وستُرسل حين يعود الاتصال
scheduled-now = تُرسل الآن
scheduled-failed-not-found = تعذر إرسالها: لم تعد في هذه المحادثة، أو حظر أحدكما الآخر.
scheduled-failed-not-allowed = تعذر إرسالها: لا يجوز لك الكتابة هناك، أو ليس هناك من يقرؤها.
scheduled-failed-deactivated = تعذر إرسالها: كان حسابك معطّلًا في ذلك الوقت.
scheduled-failed-restored = لم تُرسَل: أُعيد الخادم قبل موعدها إلى نسخة احتياطية، وقد لا يعرف ما فعلته بها بعد ذلك. راجعها، ثم أرسلها أو احذفها.
scheduled-failed-other = تعذر إرسالها في موعدها. عدّلها، أو أرسلها الآن.
scheduled-send = إرسال الآن
scheduled-edit = تعديل الرسالة المجدولة
scheduled-text = الرسالة
scheduled-nothing = اكتب ما تريد إرساله، أو احذف الرسالة.
scheduled-save = حفظ
scheduled-gone = لم تعد في الانتظار: أُرسلت أو حُذفت في هذه الأثناء. يبقى ما كتبته هنا حتى تغلق هذه النافذة. انسخه إن كنت تحتاج إليه.
scheduled-conflict = غيّرتها على جهاز آخر في هذه الأثناء. نصها الجديد ظاهر أعلاه، ونصك محفوظ هنا. احفظ مرة أخرى ليحل محل ما هناك.
# $text (String) - what the other device has made of it; $when (String) - when that is sent
scheduled-conflict-now = نصها الآن، وموعدها { $when }: { $text }
scheduled-delete = حذف
scheduled-sure = هل تريد حذفها؟ لا يمكن بعد ذلك استعادة نصها.
# $seconds (Number) - how long it still waits
undo-send-left = يمكن التراجع خلال { $seconds } ث
undo-send-can = تنتظر الرسالة لحظة قبل إرسالها. يمكنك التراجع عنها.
composer-names = أشخاص للإشارة إليهم
composer-channels = قنوات يمكن ذكرها
composer-emoji = رموز تعبيرية
composer-commands = أوامر
# What is typed behind a command: words to look for, a text, people
command-words = كلمات
command-text = نص
command-people = @اسم_المستخدم
command-search = بحث في هذه المحادثة
command-details = تفاصيل هذه المحادثة
command-name = تغيير اسمها
command-topic = تغيير موضوعها
command-invite = إضافة أشخاص
command-leave = مغادرة هذه المحادثة
# $word (String) - what was typed, with its slash
command-unknown = لا يوجد هنا أمر باسم { $word }. لإرساله كرسالة، اكتب قبله مسافة أو شرطة مائلة أخرى.
command-takes-nothing = لا يُكتب شيء بعد { $word }. لإرساله كرسالة، اكتب قبله مسافة أو شرطة مائلة أخرى.
# $what (String) - what is typed behind it, as the list of commands says it
command-needs = اكتب بعد { $word } ما يحتاج إليه: { $what }.
# $name (String) - a username behind an at sign
command-nobody = لا يوجد من اسمه { $name } ويمكن إضافته هنا.
command-later = لا يُرسل الأمر لاحقًا. لإرساله كرسالة، اكتب قبله مسافة.
# $name (String) - a channel's
channel-open = فتح القناة { $name }
# The word behind the at sign by which everyone in a conversation is named
everyone = الجميع
# $count (Number) - the others who are there
everyone-tells =
    { $count ->
        [zero] من دون إشعار أحد
        [one] إشعار شخص واحد
        [two] إشعار شخصين
        [few] إشعار { $count } أشخاص
        [many] إشعار { $count } شخصًا
       *[other] إشعار { $count } شخص
    }
everyone-warning =
    { $count ->
        [zero] لن يصل بهذا إشعار إلى أحد.
        [one] سيصل بهذا إشعار إلى شخص واحد.
        [two] سيصل بهذا إشعار إلى شخصين.
        [few] سيصل بهذا إشعار إلى { $count } أشخاص.
        [many] سيصل بهذا إشعار إلى { $count } شخصًا.
       *[other] سيصل بهذا إشعار إلى { $count } شخص.
    }
everyone-refused = عدد الأشخاص هنا كبير، فلا يمكنك استخدام { "\u200E" }@everyone: لا يستطيع إشعارهم جميعًا إلا المالك والمشرفون. أشر إلى من تعنيهم الرسالة.
# $name (String) - whose message, or “You”
reply-to = رد على: { $name }
reply-cancel = إلغاء الرد
# $name (String) - first name of who is writing
typing-one = { $name } يكتب…
typing-two = { $first } و{ $second } يكتبان…
typing-many = عدة أشخاص يكتبون ({ $count })…
composer-count = عدد الأحرف: { $count } من { $max }
composer-too-long =
    { $count ->
        [zero] الحد الأقصى لعدد أحرف الرسالة { $max }.
        [one] تزيد الرسالة حرفًا واحدًا على الحد الأقصى، وهو { $max }. اختصرها أو أرسلها على جزأين.
        [two] تزيد الرسالة حرفين على الحد الأقصى، وهو { $max }. اختصرها أو أرسلها على أجزاء.
        [few] تزيد الرسالة { $count } أحرف على الحد الأقصى، وهو { $max }. اختصرها أو أرسلها على أجزاء.
        [many] تزيد الرسالة { $count } حرفًا على الحد الأقصى، وهو { $max }. اختصرها أو أرسلها على أجزاء.
       *[other] تزيد الرسالة { $count } حرف على الحد الأقصى، وهو { $max }. اختصرها أو أرسلها على أجزاء.
    }

## Search

search-open = بحث في الرسائل
search-label = بحث في كل الرسائل
search-close = إغلاق البحث
search-results = النتائج
search-conversations = المحادثات
search-messages = الرسائل
search-beyond = على الخادم
search-asking = يجري البحث على الخادم عما ليس على هذا الحاسوب بعد…
search-look-further = لا شيء بعد. متابعة البحث على الخادم
search-preview = النتيجة في محادثتها
search-in = في { $name }
search-go = فتح
search-previous = النتيجة السابقة
search-next = النتيجة التالية
search-position = النتيجة { $at } من { $count }
search-position-more = النتيجة { $at } من أكثر من { $count }
search-whole = شمل البحث كل ما على هذا الحاسوب.
search-here = كل ما تبحث فيه موجود على هذا الحاسوب.
# $date (String) - a day
search-since = كل ما كُتب منذ { $date } موجود هنا.
search-older =
    { $count ->
        [zero] لا محادثات لها رسائل أقدم على الخادم.
        [one] لمحادثة واحدة رسائل أقدم على الخادم.
        [two] لمحادثتين رسائل أقدم على الخادم.
        [few] لعدد { $count } محادثات رسائل أقدم على الخادم.
        [many] لعدد { $count } محادثة رسائل أقدم على الخادم.
       *[other] لعدد { $count } محادثة رسائل أقدم على الخادم.
    }
# $name (String) - of a conversation
# $periods (String) - one or several
search-missing = { $name }: ينقص { $periods }.
search-part =
    { $count ->
        [zero] لا محادثات ناقصة هنا.
        [one] محادثة واحدة ليست هنا بكاملها بعد.
        [two] محادثتان ليستا هنا بكاملهما بعد.
        [few] { $count } محادثات ليست هنا بكاملها بعد.
        [many] { $count } محادثة ليست هنا بكاملها بعد.
       *[other] { $count } محادثة ليست هنا بكاملها بعد.
    }
search-searched =
    { $count ->
        [zero] لا رسائل.
        [one] رسالة واحدة.
        [two] رسالتان.
        [few] { $count } رسائل.
        [many] { $count } رسالة.
       *[other] { $count } رسالة.
    }
search-start-title = اعثر على كل ما قرأته يومًا
search-start-text = كل كلمة من كل رسالة على هذا الحاسوب، سواء أكنت متصلًا أم لا.
search-none-title = لا نتائج عن «{ $query }»
search-none-filtered = لا نتائج
search-none-looked = كان البحث عن: { $what }.
search-looked-words = «{ $words }»
search-none-text = يشمل البحث كل رسالة على هذا الحاسوب.
search-none-part = بعض المحادثات ليست بكاملها على هذا الحاسوب بعد؛ قد تظهر نتائج أخرى لاحقًا.
search-people = الأشخاص
search-suggestions = ما يمكن كتابته هنا
search-order = الرسائل
search-order-newest = الأحدث أولًا
search-order-best = الأنسب أولًا
search-drop = إزالة عامل التصفية: { $filter }
search-add-from = من
search-add-in = في
search-add-has = تحتوي على
search-add-is = حالتها
search-add-before = قبل
search-add-after = بعد
search-chip-from = من { $name }
search-chip-in = في { $name }
search-chip-before = قبل { $date }
search-chip-after = بعد { $date }
search-chip-on = في { $date }
search-chip-mentions = تشير إليّ
search-chip-without = باستثناء: { $what }
search-chip-more =
    { $count ->
        [zero] لا أحد آخر
        [one] واحد آخر
        [two] اثنان آخران
        [few] { $count } آخرون
        [many] { $count } آخرون
       *[other] { $count } آخرون
    }
search-value-link = فيها رابط
search-value-is-link = رابط وحده
search-value-reaction = فيها تفاعل
search-value-starred = مميزة بنجمة
search-value-unread = غير مقروءة
search-value-pinned = مثبّتة
search-value-today = اليوم
search-value-yesterday = أمس
search-value-me = أنا
search-problem-value = اكتب ما تبحث عنه بعد «{ $filter }:» مباشرةً، من دون مسافة بينهما.
search-problem-date = «{ $text }» ليس تاريخًا. اكتبه هكذا: 2026-01-31 أو today أو yesterday.
search-problem-nobody = لا يعرف هذا الحاسوب أحدًا باسم «{ $text }».
search-problem-conversation = لا محادثة على هذا الحاسوب باسم «{ $text }».
search-problem-has = لا معنى لـ «has:{ $text }» هنا. اكتب has:link أو has:reaction.
search-problem-is = لا معنى لـ «is:{ $text }» هنا. اكتب is:starred أو is:unread أو is:pinned أو is:link.
search-problem-mentions = لا معنى لـ «mentions:{ $text }» هنا. اكتب mentions:me.
search-help = ما يمكن كتابته
search-help-phrase-example = "حزام قديم"
search-help-phrase = كلمات متجاورة
search-help-without-example = -حزام
search-help-without = من دون كلمة؛ ويمكن وضع علامة الطرح قبل كل عامل تصفية أيضًا
search-help-from = من كتبها: اسم أو @username أو me
search-help-in = المحادثة التي هي فيها
search-help-before = قبل يوم معيّن: 2026-01-31 أو today أو yesterday
search-help-after = بعد يوم معيّن
search-help-on = في ذلك اليوم
search-help-has = link (رابط) أو reaction (تفاعل)
search-help-is = starred (مميزة بنجمة) أو unread (غير مقروءة) أو pinned (مثبّتة) أو link (رابط وحده)
search-help-mentions = حيث أُشير إليّ

## The switcher

switcher-label = الانتقال إلى أي شيء
switcher-recent = الأخيرة
switcher-do = إجراءات
# $name (String) - the open conversation's
switcher-here = في { $name }
switcher-choose = اختيار
switcher-open = فتح
switcher-link = الانتقال إلى الرسالة التي يقود إليها هذا الرابط
switcher-search = بحث في كل الرسائل عن «{ $query }»
recent-label = المحادثات التي كنت فيها

## A new conversation

new-title = محادثة جديدة
new-create = عدة أشخاص أو مجموعة أو قناة…
new-placeholder = الاسم أو اسم المستخدم
new-hint = اكتب بضعة حروف من الاسم أو اسم المستخدم.
new-hint-offline = أنت غير متصل: لا يُعثر إلا على من تعرفهم.
new-none = لم يُعثر على أحد باسم «{ $query }»
new-none-text = ربما ليس له حساب على هذا الخادم بعد. ادعُه بالرابط الموجود في الإعدادات.
new-none-offline = أنت غير متصل: لا يُعثر إلا على من تعرفهم.

## Making a conversation of several people, a group, or a channel in one

create-title = محادثة أو مجموعة أو قناة جديدة
create-what = النوع
create-conversation = محادثة
create-conversation-text = بضعة أشخاص يتحدثون معًا.
create-group = مجموعة
create-group-text = أشخاص يتشاركون قنوات: فريق أو عائلة. بعدها تنشئ قناتها الأولى.
create-channel = قناة
create-channel-text = محادثة داخل مجموعة، لكل من فيها أو لبعضهم.
create-name = الاسم
create-name-missing = اكتب اسمًا.
# $max (Number)
create-name-long = الحد الأقصى لعدد أحرف الاسم { $max }. اختصره.
create-about = الموضوع
create-about-help = يجوز أن يبقى فارغًا.
# $max (Number)
create-about-long = الحد الأقصى لعدد الأحرف { $max }. اختصره.
create-people = الأشخاص
create-in = المجموعة
create-no-groups = لا تملك أي مجموعة بعد. أنشئ واحدة أولًا.
create-private = خاصة
create-private-help = لا يراها إلا من تختارهم.
create-members = من فيها
create-members-none = لا أحد غيرك في هذه المجموعة بعد. يمكنك إضافة أشخاص إليها لاحقًا.
create-go = إنشاء
# Beside somebody who need not be added any more.
people-there = موجود فيها

## About a group

# $name (String) - the group
group-open = حول { $name }
group-unnamed = مجموعة
group-people =
    { $count ->
        [zero] لا أحد
        [one] شخص واحد
        [two] شخصان
        [few] { $count } أشخاص
        [many] { $count } شخصًا
       *[other] { $count } شخص
    }
# $name (String) - my own name
group-me = { $name } (أنت)
group-add = إضافة أشخاص
group-add-go =
    { $count ->
        [0] إضافة
        [zero] إضافة
        [one] إضافة شخص واحد
        [two] إضافة شخصين
        [few] إضافة { $count } أشخاص
        [many] إضافة { $count } شخصًا
       *[other] إضافة { $count } شخص
    }
group-ask-first = سؤالهم أولًا
group-ask-first-text = تصل إليهم دعوة، ويدخلون حين يقبلونها.
# $max (Number)
group-ask-note = غرض المجموعة، أو سبب اختيارك لهم. الحد الأقصى لعدد الأحرف: { $max }
group-invite-go =
    { $count ->
        [0] دعوة
        [zero] دعوة
        [one] دعوة شخص واحد
        [two] دعوة شخصين
        [few] دعوة { $count } أشخاص
        [many] دعوة { $count } شخصًا
       *[other] دعوة { $count } شخص
    }
group-invited = من دعوتهم
group-add-who = يضيف الأشخاص مالكها ومشرفوها.
group-waiting = حين يستجيب الخادم
# $date (String) - a day with its year; of people and of one's own account
member-since = العضوية منذ { $date }
# $date (String) - a day with its year; of a conversation or a group
made-on = أُنشئت في { $date }
# $date (String), $name (String)
made-by = أُنشئت في { $date } بواسطة { $name }
# $date (String)
made-by-me = أنشأتها في { $date }
group-more =
    { $count ->
        [zero] عرض المزيد
        [one] عرض شخص آخر
        [two] عرض شخصين آخرين
        [few] عرض { $count } آخرين
        [many] عرض { $count } آخرين
       *[other] عرض { $count } آخرين
    }
role-owner = المالك
role-admin = مشرف
role-member = عضو
group-leave = مغادرة المجموعة
group-leaving = تغادر هذه المجموعة حين يستجيب الخادم. يمكنك حتى ذلك الحين سحب ذلك من صندوق الصادر.
group-only-owner = أنت مالكها: انقل ملكيتها أو احذفها قبل أن تغادر.
# $name (String) - the group
leave-title = هل تريد مغادرة { $name }؟
leave-text = تزول قنواتها من هذا الحاسوب ومن أجهزتك الأخرى. يبقى ما كتبته لدى الآخرين. لتعود، تحتاج إلى من يضيفك.
leave-offline = أنت غير متصل: يحدث ذلك حين يستجيب الخادم.
leave-go = مغادرة
group-edit = تعديل
group-edit-title = الاسم والوصف
group-links = روابط الدعوة
group-deleting = تُحذف المجموعة حين يستجيب الخادم. يمكنك حتى ذلك الحين سحب ذلك من صندوق الصادر.
group-delete = حذف المجموعة
# $name (String) - the group
group-delete-title = هل تريد حذف { $name }؟
group-delete-text =
    { $count ->
        [zero] تزول قنواتها وكل ما قيل فيها نهائيًا.
        [one] تزول قنواتها وكل ما قيل فيها نهائيًا.
        [two] تزول قنواتها وكل ما قيل فيها نهائيًا، لدى الشخصين كليهما.
        [few] تزول قنواتها وكل ما قيل فيها نهائيًا، لدى جميع الأشخاص وعددهم { $count }.
        [many] تزول قنواتها وكل ما قيل فيها نهائيًا، لدى جميع الأشخاص وعددهم { $count }.
       *[other] تزول قنواتها وكل ما قيل فيها نهائيًا، لدى جميع الأشخاص وعددهم { $count }.
    }
# $name (String) - the group
group-delete-type = للمتابعة، اكتب اسمها: { $name }

## Somebody in a group

# $name (String) - the person
member-find = بحث عن عضو
member-menu = حول { $name }
member-make-admin = جعله مشرفًا
member-make-member = إعادته عضوًا
member-hand-over = نقل ملكية المجموعة
member-remove = إخراج
# $name (String) - the person, $group (String)
member-remove-title = هل تريد إخراج { $name } من { $group }؟
member-remove-text = تزول قنوات المجموعة من أجهزته، ويبقى ما كتبه. ما دام رابط الدعوة صالحًا، يمكنه العودة به.
member-hand-over-title = هل تريد نقل ملكية { $group } إلى { $name }؟
member-hand-over-text = يصبح مالكها منذ ذلك الحين، ويقرر من هم مشرفوها. وتبقى أنت مشرفًا.

## About a conversation

# $name (String) - the conversation
about-open = حول { $name }
about-title = محادثة
about-no-topic = لم يُذكر موضوعها بعد.
about-edit = تعديل
about-edit-title = الاسم والموضوع
about-topic = الموضوع
about-people =
    { $count ->
        [zero] لا أحد
        [one] شخص واحد
        [two] شخصان
        [few] { $count } أشخاص
        [many] { $count } شخصًا
       *[other] { $count } شخص
    }
about-everybody = كل من في المجموعة موجود في هذه القناة.
about-leave = مغادرة
about-history = يرى المنضمون الجدد ما قيل قبل انضمامهم
about-history-shared = من يُضاف منذ الآن يستطيع قراءة كل شيء.
about-history-kept = من يُضاف منذ الآن لا يقرأ إلا ما يقال بعد انضمامه.
about-delete = حذف لدى الجميع
# $conversation (String) - the conversation
about-delete-title = هل تريد حذف { $conversation }؟
about-delete-text =
    { $count ->
        [zero] يزول كل ما قيل فيها نهائيًا.
        [one] يزول كل ما قيل فيها نهائيًا.
        [two] يزول كل ما قيل فيها نهائيًا، لدى الشخصين كليهما.
        [few] يزول كل ما قيل فيها نهائيًا، لدى جميع الأشخاص وعددهم { $count }.
        [many] يزول كل ما قيل فيها نهائيًا، لدى جميع الأشخاص وعددهم { $count }.
       *[other] يزول كل ما قيل فيها نهائيًا، لدى جميع الأشخاص وعددهم { $count }.
    }
# $name (String) - the conversation
about-delete-type = للمتابعة، اكتب اسمها: { $name }
# $conversation (String) - the conversation
about-leave-title = هل تريد مغادرة { $conversation }؟
about-leave-text = تزول من هذا الحاسوب ومن أجهزتك الأخرى. يبقى ما كتبته لدى الآخرين. لتعود، تحتاج إلى من يضيفك.
# $name (String) - the person; $conversation (String) - the conversation
about-out-title = هل تريد إخراج { $name } من { $conversation }؟
about-out-text = تزول من أجهزته، ويبقى ما كتبه.

## What happened to a conversation. $name (String) is who did it; the words with -me are for what I did

happened-you = أنت
# Whose name is not known here.
happened-somebody = شخص ما
happened-others =
    { $count ->
        [zero] لا أحد آخر
        [one] شخص آخر
        [two] شخصان آخران
        [few] { $count } آخرون
        [many] { $count } آخرون
       *[other] { $count } آخرون
    }
happened-name = غيّر { $name } اسم هذه المحادثة.
happened-name-me = غيّرت اسم هذه المحادثة.
happened-topic = غيّر { $name } الموضوع.
happened-topic-me = غيّرت الموضوع.
happened-both = غيّر { $name } الاسم والموضوع.
happened-both-me = غيّرت الاسم والموضوع.
happened-shared = سمح { $name } للمنضمين الجدد برؤية ما قيل قبل انضمامهم.
happened-shared-me = سمحت للمنضمين الجدد برؤية ما قيل قبل انضمامهم.
happened-not-shared = حجب { $name } عن المنضمين الجدد ما قيل قبل انضمامهم.
happened-not-shared-me = حجبت عن المنضمين الجدد ما قيل قبل انضمامهم.
happened-picture = غيّر { $name } الصورة.
happened-picture-me = غيّرت الصورة.
happened-picture-removed = أزال { $name } الصورة.
happened-picture-removed-me = أزلت الصورة.
# $people (String) - a list of names
happened-added = أضاف { $name } إلى المحادثة: { $people }.
happened-added-me = أضفت إلى المحادثة: { $people }.
# $person (String) - who is out
happened-removed = أخرج { $name } من المحادثة: { $person }.
happened-removed-me = أخرجت من المحادثة: { $person }.
happened-left = غادر { $name }.
happened-left-me = غادرت.
# $name (String) - who owns the conversation now, as its owner is out
happened-heir = أصبح { $name } مالكها.
happened-heir-me = أصبحت مالكها.
# $person (String) - whom it is about
happened-admin = أسند { $name } دور المشرف إلى: { $person }.
happened-admin-me = أسندت دور المشرف إلى: { $person }.
happened-member = أعاد { $name } إلى دور العضو: { $person }.
happened-member-me = أعدت إلى دور العضو: { $person }.
happened-unknown = حدث هنا شيء لا يستطيع هذا الإصدار من Hearth وصفه. حدّث Hearth لقراءته.

## Links into a group

# $name (String) - the group
invite-title = دعوة إلى { $name }
invite-text = يمكن لكل من لديه الرابط وحساب على هذا الخادم أن ينضم، إلى أن تنتهي مدته أو يوقفه المالك أو أحد المشرفين.
invite-lives = مدة الصلاحية
invite-hours =
    { $count ->
        [zero] { $count } ساعة
        [one] ساعة واحدة
        [two] ساعتان
        [few] { $count } ساعات
        [many] { $count } ساعة
       *[other] { $count } ساعة
    }
invite-days =
    { $count ->
        [zero] { $count } يوم
        [one] يوم واحد
        [two] يومان
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }
invite-uses = الحد الأقصى
invite-role = دورهم عند الانضمام
invite-make = إنشاء رابط
# Said aloud before the link itself
invite-link = رابط الدعوة
invite-once = لا يُعرض إلا هذه المرة. انسخه الآن.
invite-good = الروابط الصالحة
invite-left =
    { $count ->
        [zero] لا أحد بعد الآن
        [one] شخص آخر
        [two] شخصان آخران
        [few] { $count } أشخاص آخرين
        [many] { $count } شخصًا آخر
       *[other] { $count } شخص آخر
    }
# $time (String), $name (String) - who made it
invite-until = حتى { $time }، أنشأه { $name }
invite-revoke = إيقاف هذا الرابط
invite-none = لا رابط صالحًا في الوقت الحالي.
new-join = الانضمام برابط…
join-title = الانضمام إلى مجموعة
join-link = رابط الدعوة
join-link-help = يبدأ بـ hearth://join/.
join-look = معرفة إلى أين يقود
join-go = انضمام
join-open = فتح
join-already = أنت في هذه المجموعة.

## The outbox

outbox-title = صندوق الصادر
outbox-summary =
    { $count ->
        [0] لا شيء في الانتظار
        [zero] لا شيء في الانتظار
        [one] { $failed ->
            [0] تغيير واحد في الانتظار
           *[other] تغيير واحد يحتاج إليك
        }
        [two] { $failed ->
            [0] تغييران في الانتظار
            [one] تغييران في الانتظار، أحدهما يحتاج إليك
           *[other] تغييران يحتاجان إليك
        }
        [few] { $failed ->
            [0] { $count } تغييرات في الانتظار
            [zero] { $count } تغييرات في الانتظار
            [one] { $count } تغييرات في الانتظار، واحد منها يحتاج إليك
            [two] { $count } تغييرات في الانتظار، اثنان منها يحتاجان إليك
            [few] { $count } تغييرات في الانتظار، { $failed } منها تحتاج إليك
            [many] { $count } تغييرات في الانتظار، { $failed } منها تحتاج إليك
           *[other] { $count } تغييرات في الانتظار، { $failed } منها تحتاج إليك
        }
        [many] { $failed ->
            [0] { $count } تغييرًا في الانتظار
            [zero] { $count } تغييرًا في الانتظار
            [one] { $count } تغييرًا في الانتظار، واحد منها يحتاج إليك
            [two] { $count } تغييرًا في الانتظار، اثنان منها يحتاجان إليك
            [few] { $count } تغييرًا في الانتظار، { $failed } منها تحتاج إليك
            [many] { $count } تغييرًا في الانتظار، { $failed } منها تحتاج إليك
           *[other] { $count } تغييرًا في الانتظار، { $failed } منها تحتاج إليك
        }
       *[other] { $failed ->
            [0] { $count } تغيير في الانتظار
            [zero] { $count } تغيير في الانتظار
            [one] { $count } تغيير في الانتظار، واحد منها يحتاج إليك
            [two] { $count } تغيير في الانتظار، اثنان منها يحتاجان إليك
            [few] { $count } تغيير في الانتظار، { $failed } منها تحتاج إليك
            [many] { $count } تغيير في الانتظار، { $failed } منها تحتاج إليك
           *[other] { $count } تغيير في الانتظار، { $failed } منها تحتاج إليك
        }
    }
outbox-open = صندوق الصادر، في الانتظار: { $count }
outbox-open-failed = صندوق الصادر، في الانتظار: { $count }، لم يُرسل: { $failed }
outbox-needs-you = يحتاج إليك
outbox-else = كل ما عدا ذلك
outbox-receipts = هل يرى الآخرون ما قرأته
outbox-status = حالتك
outbox-about = نبذتك عن نفسك
# $name (String) - the new name
outbox-name = اسمك الجديد: { $name }
outbox-privacy = من يرى ملفك الشخصي
outbox-arrange = مكان محادثة في قائمتي
# $name (String) - the new name
outbox-device = الاسم الجديد لجهاز: { $name }
outbox-message = رسالة
# $text (String) - what is answered
outbox-reply = رد: { $text }
# $text (String) - what is forwarded
outbox-forward = إعادة توجيه: { $text }
outbox-edit = تعديل
# $text (String) - what is to be sent
outbox-schedule = إرسال لاحقًا: { $text }
# $text (String) - what is to be sent instead
outbox-reschedule = تعديل نص رسالة مجدولة إلى: { $text }
outbox-reschedule-time = تغيير موعد رسالة مجدولة
outbox-unschedule = حذف رسالة مجدولة
# $text (String) - what the message says without the edit
outbox-edit-of = بدلًا من «{ $text }»
outbox-delete = حذف «{ $text }»
outbox-delete-any = حذف رسالة
outbox-react = التفاعل بـ { $emoji } مع «{ $text }»
outbox-react-any = التفاعل بـ { $emoji }
outbox-unreact = سحب { $emoji }
# $text (String) - what the message says
outbox-star = تمييز «{ $text }» بنجمة
outbox-star-any = تمييز رسالة بنجمة
# $text (String) - what the message says
outbox-unstar = إزالة النجمة عن «{ $text }»
outbox-unstar-any = إزالة نجمة
# $text (String) - what the message says
outbox-pin = تثبيت «{ $text }»
outbox-pin-any = تثبيت رسالة
# $text (String) - what the message says
outbox-unpin = إلغاء تثبيت «{ $text }»
outbox-unpin-any = إلغاء تثبيت رسالة
outbox-hide = حذف «{ $text }» لديّ
outbox-hide-any = حذف رسالة لديّ
outbox-follow = متابعة السلسلة تحت «{ $text }»
outbox-follow-any = متابعة سلسلة
outbox-leave-thread = مغادرة السلسلة تحت «{ $text }»
outbox-leave-thread-any = مغادرة سلسلة
outbox-show = إظهار «{ $text }» من جديد
outbox-show-any = إظهار رسالة من جديد
# $name (String) - what the collection is called
outbox-collection = مجموعة محفوظات جديدة «{ $name }»
outbox-collection-rename = تغيير اسم مجموعة محفوظات إلى «{ $name }»
outbox-collection-delete = حذف مجموعة محفوظات
# $text (String) - what the message says; $name (String) - what the collection is called
outbox-collect = إضافة «{ $text }» إلى «{ $name }»
outbox-collect-any = إضافة رسالة إلى «{ $name }»
outbox-take-out = إخراج رسالة من «{ $name }»
outbox-direct = محادثة جديدة مع { $name }
outbox-conversation = محادثة جديدة «{ $name }»
outbox-group = مجموعة جديدة «{ $name }»
outbox-channel = قناة جديدة «{ $name }»
outbox-private = جعل هذه القناة خاصة
outbox-add = إضافة { $people }
outbox-remove = إخراج { $people }
outbox-member-role = تغيير ما يُسمح به هنا لـ { $people }
# $name (String) - the new name
outbox-rename = تغيير الاسم إلى «{ $name }»
outbox-topic = تغيير الموضوع
outbox-history = تغيير ما يراه المنضمون الجدد
outbox-leave = مغادرة هذه المحادثة
outbox-leave-group = مغادرة مجموعة
outbox-group-edit = تغيير المجموعة { $name }
outbox-group-role = تغيير ما يُسمح به في مجموعة لـ { $people }
outbox-group-hand-over = نقل ملكية { $name } إلى { $people }
# $name (String) - the conversation
outbox-conversation-delete = حذف المحادثة «{ $name }»
# $name (String) - the group
outbox-group-delete = حذف المجموعة «{ $name }»
outbox-somebody = شخص ما
outbox-change = تغيير
outbox-needs = ينتظر ما يحتاج إليه
outbox-needs-failed = ينتظر ما يحتاج إليه، وذاك يحتاج إليك
outbox-held = يُرسل بعد { $seconds } ث
outbox-behind = ينتظر ما قبله
outbox-next-try = المحاولة التالية بعد { $seconds } ث.
outbox-send-again = إعادة الإرسال
outbox-canceling-offline = يُسحب حين يستجيب الخادم
outbox-since = ينتظر منذ { $time }
outbox-tries =
    { $count ->
        [zero] لم تجرِ أي محاولة، ويتابع من تلقاء نفسه
        [one] جرت محاولة واحدة، ويتابع من تلقاء نفسه
        [two] جرت محاولتان، ويتابع من تلقاء نفسه
        [few] جرت { $count } محاولات، ويتابع من تلقاء نفسه
        [many] جرت { $count } محاولة، ويتابع من تلقاء نفسه
       *[other] جرت { $count } محاولة، ويتابع من تلقاء نفسه
    }
outbox-try-all = محاولة الكل الآن
outbox-empty-title = أُرسل كل شيء
outbox-empty-text = ما تكتبه من دون اتصال ينتظر هنا، مع سببه ومحاولته التالية.

## Settings

settings-title = الإعدادات
settings-account = الحساب
settings-signed-in = تم تسجيل الدخول باسم { $username } على { $server }
settings-email = عنوان البريد الإلكتروني
settings-password = كلمة المرور
settings-password-text = تغييرها يسجّل خروجك من أجهزتك الأخرى.
# $date (String) - a day with its year
settings-password-changed = تغيّرت آخر مرة في { $date }. تغييرها يسجّل خروجك من أجهزتك الأخرى.
# $role (String) - what I am on the server
settings-role = دورك على هذا الخادم: { $role }
# $role (String)
settings-role-waits = يصبح { $role } حين يتم التحقق من عنوانك.
settings-sign-out = تسجيل الخروج
sign-out-title = هل تريد تسجيل الخروج وهناك رسائل لم تُرسل؟
sign-out-waiting =
    { $count ->
        [zero] لا تغييرات تنتظر الإرسال.
        [one] هناك تغيير واحد لم يُرسل بعد. يبقى على هذا الحاسوب مشفّرًا، ويُرسل حين تسجّل الدخول هنا من جديد.
        [two] هناك تغييران لم يُرسلا بعد. يبقيان على هذا الحاسوب مشفّرين، ويُرسلان حين تسجّل الدخول هنا من جديد.
        [few] هناك { $count } تغييرات لم تُرسل بعد. تبقى على هذا الحاسوب مشفّرة، وتُرسل حين تسجّل الدخول هنا من جديد.
        [many] هناك { $count } تغييرًا لم تُرسل بعد. تبقى على هذا الحاسوب مشفّرة، وتُرسل حين تسجّل الدخول هنا من جديد.
       *[other] هناك { $count } تغيير لم تُرسل بعد. تبقى على هذا الحاسوب مشفّرة، وتُرسل حين تسجّل الدخول هنا من جديد.
    }
settings-you = الملف الشخصي
status-label = الحالة
status-placeholder = ماذا تفعل الآن؟
status-help = بضع كلمات بجانب اسمك
# $time (String) - a date and a clock
status-until = تظهر حتى { $time }
# $max (Number)
status-too-long = الحد الأقصى لعدد الأحرف { $max }.
status-ends = تزول
# $time (String) - a date and a clock
status-ends-keep = { $time }
status-ends-never = حين أغيّرها
status-ends-hour = بعد ساعة
status-ends-today = في نهاية اليوم
status-save = حفظ
status-clear = مسح الحالة
picture-title = الصورة
picture-none = من دون صورة تظهر أوائل حروف اسمك
picture-help = بجانب اسمك، حيثما رآه الآخرون
picture-choose = اختيار صورة…
picture-remove = إزالة
group-picture-help = بجانب قنواتها، لكل من في المجموعة
group-picture-none = من دون صورة تظهر أوائل حروف اسمها
group-picture-crop-title = صورة المجموعة
conversation-picture-help = بجانب اسمها، لكل من فيها
conversation-picture-none = من دون صورة تظهر أوائل حروف اسمها
conversation-picture-none-channel = من دون صورة تظهر صورة مجموعتها
conversation-picture-crop-title = صورة المحادثة
picture-unreadable = ليست هذه صورة يستطيع Hearth عرضها. اختر ملف PNG أو JPEG أو WebP أو GIF.
picture-offline = لتغيير الصورة تحتاج إلى اتصال بالخادم.
picture-crop-title = صورتك
picture-stage = الجزء الذي يراه الآخرون من الصورة
picture-keys = اسحبها، أو حرّكها بمفاتيح الأسهم؛ علامتا الجمع والطرح تكبّرانها وتصغّرانها. لا يُرسل إلا ما تراه في المربع.
picture-zoom = تكبير
picture-save = استخدام هذه الصورة
picture-saving = جارٍ الإرسال…
name-title = الاسم
name-help = لكل من يراك في أي مكان؛ يبقى اسم المستخدم كما هو
about-label = نبذة
about-placeholder = من أنت، في بضعة أسطر
about-help = لكل من تشاركهم محادثة أو مجموعة، ولجهات اتصالك
person-title = الملف الشخصي
card-add = إضافة إلى جهات الاتصال
card-write = مراسلة
# $name (String) - somebody's name
person-open = الملف الشخصي: { $name }
settings-show-picture = من يرى صورتي
settings-show-picture-text = من هؤلاء أنفسهم
settings-show-status = من يرى حالتي
settings-show-status-text = ممن تشاركهم محادثة أو مجموعة، ومن جهات اتصالك
settings-show-seen = من يرى متى أكون هنا
settings-show-seen-text = من هؤلاء أنفسهم: متصل، أو بعيد، أو آخر ظهور لي بدقة عشر دقائق تقريبًا
seen-by-everyone = جميعهم
seen-by-contacts = جهات اتصالي
seen-by-nobody = لا أحد
settings-devices = الأجهزة
devices-text = حيث سجّلت الدخول إلى هذا الحساب
devices-offline = حيث سجّلت الدخول، بحسب آخر ما عُرف هنا. تسجيل خروج جهاز يحتاج إلى الخادم.
device-mine = هذا الجهاز
device-unnamed = جهاز بلا اسم
# $time (String) - a time, a weekday or a date
device-signed-in = تسجيل الدخول: { $time }
# $name (String) - what the device is called
device-rename = تغيير اسم { $name }
device-rename-title = تغيير اسم الجهاز
device-name = الاسم
# $max (Number) - characters
device-name-help = الحد الأقصى لعدد الأحرف { $max }؛ وتعرضه أجهزتك الأخرى أيضًا
# $name (String) - what the device is called
device-sign-out-title = هل تريد تسجيل الخروج من { $name }؟
device-sign-out-text = يُغلق على الفور. يبقى سجله وما لم يُرسل فيه، مشفّرًا، ويُفتح من جديد حين تسجّل الدخول عليه.
devices-others = كل الأجهزة الأخرى
devices-others-text = إن فقدت أحدها، أو لم تعرفه
devices-others-go = تسجيل الخروج من الأجهزة الأخرى
devices-others-title = هل تريد تسجيل الخروج من كل الأجهزة الأخرى؟
settings-server = الخادم
settings-server-embedded = يعمل داخل هذا التطبيق: يصل إليه الآخرون ما دام Hearth يعمل.
settings-server-here = يعمل داخل هذا التطبيق، لهذا الحاسوب فقط، ما دام Hearth يعمل.
settings-invite-here = لا يعمل إلا على هذا الحاسوب: من يفتحه في Hearth هنا يستطيع إنشاء حساب.
settings-invite = دعوة الآخرين
settings-invite-text = من يفتح هذا الرابط في Hearth يستطيع إنشاء حساب على هذا الخادم.
settings-invite-invited = من يفتح هذا الرابط في Hearth يجد هذا الخادم. لإنشاء حساب عليه يحتاج إلى دعوة أيضًا.
settings-invite-closed = من يفتح هذا الرابط في Hearth يجد هذا الخادم. لا يقبل الخادم أشخاصًا جددًا في الوقت الحالي.
settings-appearance = المظهر
settings-theme = السمة
theme-system = حسب النظام
theme-light = فاتحة
theme-dark = داكنة
settings-language = اللغة
settings-language-text = لغة النافذة وعلبة النظام والإشعارات. يبقى ما يكتبه الناس كما هو.
# $name (String) - the language that the system prefers, by its own name
language-system = حسب النظام ({ $name })
settings-messages = الرسائل والنافذة
settings-density = كثافة العرض
settings-density-text = العرض المدمج عمود واحد مسطّح، يتسع فيه المزيد على الشاشة
settings-list-by-group = القائمة حسب المجموعة
settings-list-by-group-text = في أقسام قابلة للطي، مع عدد غير المقروء في كل منها
settings-list-order-text = يبقى المثبّت في الأعلى مهما كان الترتيب
density-comfortable = فقاعات
density-compact = مدمج
settings-enter = الإرسال بمفتاح Enter
settings-enter-on = Shift+Enter يبدأ سطرًا جديدًا
settings-enter-off = Enter يبدأ سطرًا جديدًا، والإرسال بـ { $key }
settings-undo-send = التراجع عن الإرسال
# $key (String) - the keys for it
settings-undo-send-text = تنتظر الرسالة هذه المدة قبل إرسالها. يمكنك حتى ذلك الحين استعادتها، وكذلك بالضغط على { $key } في المربع الفارغ
undo-send-off = متوقف
undo-send-for =
    { $seconds ->
        [zero] { $seconds } ثانية
        [one] ثانية واحدة
        [two] ثانيتان
        [few] { $seconds } ثوانٍ
        [many] { $seconds } ثانية
       *[other] { $seconds } ثانية
    }
settings-receipts = مؤشرات القراءة
settings-receipts-text = يرى الآخرون ما وصل إليك وما قرأته، في المحادثات التي لا يزيد عدد من فيها عن مئة شخص
settings-privacy = الخصوصية
settings-read = القراءة بالنظر
settings-read-on = ما يظهر على الشاشة يُعد مقروءًا. ويُخبَر به الآخرون حيث تشارك مؤشرات القراءة
settings-read-off = لا يُعد شيء مقروءًا حتى تضغط Esc في المحادثة أو تعلّمها كمقروءة من قائمتها. أما السلاسل فتُقرأ بفتحها
settings-notify = ما تعرضه الإشعارات
settings-notify-text = لا إشعارات للمحادثة التي أمامك
notify-text = المرسل والنص
notify-sender = المرسل فقط
notify-nothing = لا شيء
settings-quiet = عدم الإزعاج
settings-quiet-text = لا إشعارات لمدة معيّنة، أو إلى أن توقفه؛ تجد هذا الخيار في علبة النظام أيضًا
settings-notifications = الإشعارات
undisturbed-off = متوقف
undisturbed-half-hour = لمدة نصف ساعة
undisturbed-hour = لمدة ساعة
undisturbed-tomorrow = حتى الغد
undisturbed-for-ever = إلى أن أوقفه
undisturbed-until = حتى { $time }
undisturbed-end = إنهاء عدم الإزعاج
quiet-hours = ساعات الهدوء
quiet-hours-text = لا إشعارات في هذه الساعات. تبدأ في الأيام التي تختارها، ويمكن أن تنتهي في اليوم التالي
quiet-from = من
quiet-to = إلى
quiet-days = الأيام التي تبدأ فيها
quiet-never = لم تختر أي يوم: لا ساعات هدوء.
quiet-whole-day = الوقتان متطابقان: يدوم الهدوء يومًا كاملًا.
quiet-zone = المنطقة الزمنية
quiet-zone-here = المنطقة الزمنية لهذا الحاسوب
settings-keywords = كلمات تصلك إشعارات بها
settings-keywords-text = تُعامَل الرسالة التي فيها إحداها كأنها تشير إليك. كلمات كاملة، من دون تمييز بين الحروف الكبيرة والصغيرة
keyword-add = إضافة
# $word (String) - the word, as it was added before
keyword-known = «{ $word }» موجودة بينها بالفعل.
keyword-remove = إزالة { $word }
settings-break-mute = الإشارات إليك تتجاوز الكتم
settings-break-mute-text = ما يشير إليك أو يرد عليك أو فيه إحدى كلماتك يصلك إشعار به، حتى في المحادثات المكتومة
settings-sound = الصوت
settings-sound-text = يكون للإشعارات صوت أيضًا
settings-try = تجربة
settings-try-text = إشعار كما تصلك الإشعارات، مهما كانت الإعدادات أعلاه
settings-try-do = عرض إشعار
settings-try-shown = عُرض الإشعار. إن لم تره، فانظر في إعدادات سطح مكتبك.

## Why I was told of a message, or not: each rule with what it said

why-title = لماذا وصلني إشعار أو لم يصلني؟
why-decides = هذا ما يحسم الأمر.
why-told-then = وصلك إشعار بهذه الرسالة، { $time }.
why-quiet-then = لم يصلك إشعار بهذه الرسالة، { $time }.
why-told-now = لم يعد معروفًا ما تقرر حين وصلت الرسالة. لو وصلت الآن وأنت تنظر إلى مكان آخر، لوصلك إشعار بها.
why-quiet-now = لم يعد معروفًا ما تقرر حين وصلت الرسالة. لو وصلت الآن وأنت تنظر إلى مكان آخر، لما وصلك إشعار بها.
why-mine = أنت من كتبها.
why-mine-not = كتبها شخص آخر.
why-blocked = حظرت من كتبها.
why-blocked-not = لم تحظر من كتبها.
why-read = كنت قد قرأتها.
why-read-not = لم تكن قد قرأتها.
why-mention = تشير إليك.
why-mention-not = لا تشير إليك.
why-reply = هي رد على رسالة لك.
why-reply-not = ليست ردًا على رسالة لك.
why-keyword = فيها كلمتك «{ $word }».
why-keyword-not = ليس فيها أي من كلماتك.
why-mute = المحادثة مكتومة.
why-mute-through = المحادثة مكتومة، لكن هذه الرسالة موجّهة إليك فتتجاوز الكتم.
why-mute-not = المحادثة ليست مكتومة.
why-nothing = اخترت ألا يصلك هنا إشعار بشيء.
why-nothing-not = لم تختر منع كل الإشعارات هنا.
why-mentions = اخترت ألا يصلك هنا إشعار إلا بما هو موجّه إليك، وهذه الرسالة ليست كذلك.
why-mentions-through = اخترت ألا يصلك هنا إشعار إلا بما هو موجّه إليك، وهذه الرسالة كذلك.
why-mentions-not = لا يلزم هنا أن تكون الرسالة موجّهة إليك.
why-shown = لا تعرض الإشعارات شيئًا على هذا الحاسوب.
why-shown-not = تُعرض الإشعارات على هذا الحاسوب.
why-undisturbed = عدم الإزعاج مفعّل.
why-undisturbed-not = عدم الإزعاج متوقف.
why-hours = هذا الوقت من ساعات الهدوء.
why-hours-not = هذا الوقت ليس من ساعات الهدوء.
why-presence = كانت على الشاشة، لكن لم يلمس أحد النافذة منذ مدة.
why-presence-not = لم تكن النافذة متروكة مفتوحة من دون أحد أمامها.
why-screen = كانت على الشاشة أمامك.
why-screen-not = لم تكن على الشاشة أمامك.
why-everything = اخترت أن يصلك هنا إشعار بكل شيء.
why-everything-not = لم تختر أن يصلك هنا إشعار بكل شيء.
settings-close = عند إغلاق النافذة
settings-close-text = يواصل Hearth الاستقبال في علبة النظام
close-choice-ask = السؤال
close-choice-tray = البقاء في علبة النظام
close-choice-quit = إنهاء
settings-autostart = البدء مع الحاسوب
settings-autostart-text = يُفتح Hearth عند دخولك إلى هذا الحاسوب
settings-start-hidden = البدء في علبة النظام
settings-start-hidden-text = عندئذ بلا نافذة إلى أن تفتحها. وحيث لا توجد علبة نظام، تُصغَّر النافذة
settings-keys = المفاتيح
settings-storage = التخزين
settings-about = حول
settings-version = Hearth { $version }
settings-profile = ملف التعريف { $profile }

## The list of keys

keys-switch = الانتقال إلى محادثة
keys-search = بحث في كل الرسائل
keys-search-here = بحث في المحادثة المفتوحة
keys-recent = إلى المحادثة التي كنت فيها قبل هذه؛ أبقِ Ctrl مضغوطًا للوصول إلى ما قبلها
keys-history = الرجوع والتقدم بين ما فتحته
keys-nth = إلى إحدى المحادثات التسع الأولى في القائمة
keys-new = محادثة جديدة
keys-account = الحساب من 1 إلى 9
keys-about = حول المحادثة المفتوحة
keys-step = المحادثة التالية أو السابقة
keys-step-unread = مثل ذلك، لغير المقروءة فقط
keys-fold = في القائمة حسب المجموعة: طي قسم أو فتحه
keys-edit-last = تعديل آخر رسالة لك، في مربع رسالة فارغ
keys-later = إرسال لاحقًا، في مربع الرسالة
keys-undo-send = استعادة ما أرسلته للتو، في مربع رسالة فارغ
keys-reply = الرد على الرسالة التي عليها التركيز
keys-choose-reply = اختيار ما ترد عليه، في مربع الرسالة
keys-edit = تعديل الرسالة التي عليها التركيز
keys-delete = حذفها
keys-undo-hide = إظهار آخر ما حذفته لديك فقط، بين الرسائل
keys-unread = تعليم كغير مقروء من الرسالة التي عليها التركيز
keys-react = التفاعل مع الرسالة التي عليها التركيز
keys-star = تمييزها بنجمة، أو إزالة نجمتها
keys-collect = إضافتها إلى مجموعة محفوظات
keys-versions = نصها قبل التعديل
keys-thread = الرد في سلسلة
keys-forward = إعادة توجيهها
keys-link = نسخ رابطها
keys-complete = أشخاص وقنوات ورموز تعبيرية بأسمائها، في مربع الرسالة
keys-commands = أوامر، في مربع رسالة فارغ
keys-bold = غامق، في مربع الرسالة
keys-italic = مائل
keys-strike = يتوسطه خط
keys-code = شيفرة
keys-landmark = إلى الجزء التالي من النافذة
keys-first-unread = إلى أول رسالة غير مقروءة
keys-date = إلى تاريخ
keys-escape = إغلاق ما في الأعلى؛ ثم تعليم كل ما هنا كمقروء
keys-settings = الإعدادات
keys-list = هذه القائمة

## Closing the window

close-title = هل تريد إبقاء Hearth يعمل؟
close-text = يواصل في علبة النظام استقبال الرسائل ويخبرك بها. يمكنك تغيير ذلك في الإعدادات.
close-remember = تذكر اختياري
close-tray = البقاء في علبة النظام
close-quit = إنهاء

## The inbox

rail-inbox = صندوق الوارد
# $count (Number)
rail-inbox-untold =
    { $count ->
        [zero] صندوق الوارد: لا شيء لم تقرأه
        [one] صندوق الوارد: شيء واحد لم تقرأه
        [two] صندوق الوارد: شيئان لم تقرأهما
        [few] صندوق الوارد: { $count } أشياء لم تقرأها
        [many] صندوق الوارد: { $count } شيئًا لم تقرأه
       *[other] صندوق الوارد: { $count } شيء لم تقرأه
    }
inbox-title = صندوق الوارد
inbox-read-all = تعليم الكل كمقروء
inbox-nothing-title = لا جديد
inbox-nothing = تجتمع هنا الطلبات والدعوات والمحادثات غير المقروءة.
inbox-unread = لم تُقرأ بعد
# $count (Number)
inbox-messages =
    { $count ->
        [zero] لا رسائل غير مقروءة
        [one] رسالة واحدة غير مقروءة
        [two] رسالتان غير مقروءتين
        [few] { $count } رسائل غير مقروءة
        [many] { $count } رسالة غير مقروءة
       *[other] { $count } رسالة غير مقروءة
    }
inbox-friend = يطلب أن يكون جهة اتصال لك
inbox-request-accepted = أصبح جهة اتصال لك
inbox-invitation-accepted = أصبح في { $group }
inbox-group-deleted = حذف المالك هذه المجموعة
# $conversation (String) - what it was called
inbox-conversation-deleted = حذف «{ $conversation }»
inbox-conversation-deleted-any = حُذفت هذه المحادثة
inbox-mention = أشار إليك في { $place }
# $place (String) - the conversation
inbox-reply = رد عليك في { $place }
inbox-missed-call = مكالمة فائتة
inbox-accepted = قبلت
inbox-declined = رفضت
inbox-withdrawn = سُحب

## People: contacts, requests, blocks

people-title = الأشخاص
people-find = بحث عن أشخاص
people-found = النتائج
people-incoming = طلبات واردة
people-invited = دعوات إلى مجموعات
# $group (String) - its name when the invitation was made
people-invites-into = يدعوك إلى { $group }
people-join = انضمام
# $group (String)
people-join-group = الانضمام إلى { $group }
# $name (String), $group (String)
people-decline-group = رفض دعوة { $name } إلى { $group }
people-outgoing = طلبات أرسلتها
people-contacts = جهات الاتصال
people-nobody-title = لا جهات اتصال بعد
people-nobody = ابحث عن شخص باسمه، وأرسل إليه طلبًا.
people-add = إضافة
# $name (String)
people-add-name = إضافة { $name } إلى جهات الاتصال
people-accept = قبول
# $name (String)
people-accept-name = قبول { $name }
people-decline = رفض
# $name (String)
people-decline-name = رفض { $name }
people-withdraw = سحب
# $name (String)
people-withdraw-name = سحب طلبك إلى { $name }
# $name (String)
people-write = مراسلة { $name }
# $name (String)
people-remove = إزالة { $name } من جهات اتصالك
# $name (String)
people-block = حظر { $name }
people-is-contact = جهة اتصال لك
people-is-asked = لم يصل رد بعد
people-is-blocked = حظرته
people-asks-you = أرسل إليك طلبًا
people-unsent = يُرسل حين تصبح متصلًا

# $name (String)
ask-title = إرسال طلب إلى { $name }
ask-note = ملاحظة
# $max (Number)
ask-note-help = عرّف بنفسك إن كان قد لا يعرفك. الحد الأقصى لعدد الأحرف: { $max }
ask-offline = يُرسل حين تعود متصلًا.
ask-go = إرسال الطلب

# $name (String)
remove-title = هل تريد إزالة { $name }؟
remove-text = لن يكون أي منكما جهة اتصال للآخر بعد ذلك. تبقى محادثتكما.
remove-go = إزالة

# $name (String)
block-title = هل تريد حظر { $name }؟
block-text = لا يستطيع أي منكما مراسلة الآخر أو دعوته أو رؤية حالته. تُطوى رسائله في المجموعات التي تشتركان فيها. ولا يُخبَر بذلك.
block-go = حظر
block-open = حظر…
# $name (String)
blocked-note = لقد حظرت { $name }. لا يمر بينكما شيء.
unblock = إلغاء الحظر
# $name (String)
unblock-name = إلغاء حظر { $name }
settings-blocked = الأشخاص المحظورون
blocked-text = لا يستطيع أي منكما مراسلة الآخر، ولا يُخبَر بذلك
blocked-nobody = لم تحظر أحدًا
message-blocked = رسالة من شخص حظرته
message-show = عرض

# $name (String)
outbox-request-friend = طلب إضافة { $name } إلى جهات الاتصال
# $people (String), $name (String) - the group
outbox-invite = دعوة { $people } إلى { $name }
outbox-answer = الرد على طلب
outbox-read = تعليم إشعارات كمقروءة
outbox-withdraw = سحب طلب
# $name (String)
outbox-remove-contact = إزالة { $name } من جهات اتصالك
# $name (String)
outbox-block = حظر { $name }
# $name (String)
outbox-unblock = إلغاء حظر { $name }

## Roles on the server, and what they allow

server-role-admin = مشرف
server-role-member = عضو
server-role-guest = ضيف
server-role-unknown = دور آخر
server-role-admin-text = يجوز له كل شيء.
server-role-member-text = يبحث عن الأشخاص ويبدأ المحادثات وينشئ المجموعات.
server-role-guest-text = يوجد حيث يضيفه الآخرون، ولا يبدأ شيئًا.
permission-find-people = البحث عن الأشخاص
permission-find-people-text = البحث بالاسم عن كل من على هذا الخادم.
permission-start-conversations = بدء المحادثات
permission-start-conversations-text = المبادرة إلى مراسلة شخص أو عدة أشخاص.
permission-create-groups = إنشاء المجموعات
permission-create-groups-text = إنشاء مجموعات، وقنوات فيها.
permission-invite-to-server = الدعوة إلى الخادم
permission-invite-to-server-text = إنشاء دعوات يسجّل بها أشخاص جدد.
permission-manage-people = إدارة الأشخاص
permission-manage-people-text = الاطلاع على كل الحسابات، وإسناد الأدوار، والتعطيل، ومساعدة من لا يستطيع تسجيل الدخول.
permission-manage-roles = إدارة الأدوار
permission-manage-roles-text = إنشاء وتغيير وحذف الأدوار التي لا تسمح بأكثر مما يسمح به دوره.
permission-manage-settings = إدارة الإعدادات
permission-manage-settings-text = من يجوز له إنشاء حساب، ومدة حفظ الرسائل، والحدود.
permission-read-audit-log = قراءة سجل التدقيق
permission-read-audit-log-text = الاطلاع على ما جرى في إدارة هذا الخادم.
may-not-find = لا يسمح لك دورك على هذا الخادم بالبحث عن الأشخاص: لا يُعثر إلا على من تعرفهم.
may-not-start = لا يسمح لك دورك على هذا الخادم ببدء المحادثات. يمكن للآخرين بدء محادثة معك.
may-not-create-groups = لا يسمح لك دورك على هذا الخادم بإنشاء المجموعات.

## Administering the server

admin-title = إعدادات الخادم
admin-people = الأشخاص
admin-roles = الأدوار
admin-settings = إنشاء الحسابات والإعدادات
admin-invites = الدعوات
admin-audit = سجل التدقيق
admin-offline = أنت غير متصل: هذا يحتاج إلى اتصال بالخادم.
admin-offline-stays = أنت غير متصل: هكذا كان آخر مرة، ولا يمكن تغيير شيء قبل أن يعود الاتصال.
admin-refused = لم يعد دورك على هذا الخادم يسمح بذلك.
admin-more = عرض المزيد

admin-people-find = بحث بالاسم أو اسم المستخدم أو العنوان
admin-people-show = عرض
admin-people-all = الجميع
admin-people-active = المفعّلون
admin-people-deactivated = المعطّلون
admin-people-none = لم يُعثر على أحد.
# $count (Number) - accounts that fit
admin-people-count =
    { $count ->
        [zero] لا حسابات
        [one] حساب واحد
        [two] حسابان
        [few] { $count } حسابات
        [many] { $count } حسابًا
       *[other] { $count } حساب
    }
admin-person-username = اسم المستخدم
admin-person-no-email = لا يوجد
# $address (String)
admin-person-unverified = { $address }، لم يُتحقَّق منه
admin-person-since = تاريخ إنشاء الحساب
admin-person-seen = آخر ظهور
admin-person-never = لم يظهر قط
# $count (Number)
admin-person-devices =
    { $count ->
        [0] لا جهاز مسجّل الدخول
        [zero] لا جهاز مسجّل الدخول
        [one] جهاز واحد مسجّل الدخول
        [two] جهازان مسجّلا الدخول
        [few] { $count } أجهزة مسجّلة الدخول
        [many] { $count } جهازًا مسجّل الدخول
       *[other] { $count } جهاز مسجّل الدخول
    }
admin-person-on = مفعّل
admin-person-off = متوقف
admin-own = هذا حسابك أنت: يجب أن يديره شخص آخر.
admin-out-of-reach = يسمح دوره بأكثر مما يسمح به دورك، لذا لا يمكنك تغيير هذا الحساب.
admin-role = الدور
admin-role-help = ما يجوز له على هذا الخادم، منذ الآن.
admin-role-give = إسناد الدور
# $name (String), $role (String)
admin-role-given = { $name }: الدور الآن { $role }.
admin-reset = كلمة مرور جديدة
admin-reset-help = رمز يختارها به إن لم يستطع تسجيل الدخول. يُسجَّل خروجه من أجهزته حين يفعل.
admin-reset-go = إنشاء رمز
# $time (String)
admin-reset-until = لا يُعرض إلا هذه المرة، ويصلح حتى { $time }. أوصله إليه: يُكتب في «هل نسيت كلمة المرور؟» في صفحة تسجيل الدخول لديه.
# $time (String)
admin-reset-mailed = أُرسل إلى عنوانه أيضًا. لا يُعرض إلا هذه المرة، ويصلح حتى { $time }.
admin-sign-out = تسجيل الخروج من كل مكان
admin-sign-out-help = على كل أجهزته، إن فُقد أحدها أو سُرق.
# $name (String)
admin-sign-out-title = هل تريد تسجيل خروج { $name } من كل مكان؟
admin-sign-out-text = تُغلق كل أجهزته على الفور. يبقى فيها ما لم يكن قد أُرسل، ويمكنه تسجيل الدخول من جديد.
admin-two-step-help = مفعّل. أوقفه لمن فقد تطبيقه ورموز استرداده معًا.
# $name (String)
admin-two-step-title = هل تريد إيقاف تسجيل الدخول بخطوتين لـ { $name }؟
admin-two-step-text = عندئذٍ تكفي كلمة مروره وحدها. تأكد من أنه هو من يطلب ذلك.
admin-deactivate = تعطيل
admin-deactivate-help = لا يمكنه تسجيل الدخول إلى أن يعيد أحد تفعيل الحساب.
admin-deactivate-open = تعطيل…
# $name (String)
admin-deactivate-title = هل تريد تعطيل حساب { $name }؟
admin-deactivate-text = يُسجَّل خروجه من كل أجهزته على الفور ولا يمكنه تسجيل الدخول. يرى الآخرون أن الحساب معطّل. لا يُحذف شيء، ويمكنك إعادة تفعيله.
admin-deactivate-go = تعطيل
admin-reactivate = حساب معطّل
admin-reactivate-go = إعادة التفعيل
# $date (String)
admin-deactivated-self = عطّله صاحبه في { $date }: تسجيل الدخول يعيد تفعيله.
# $date (String)
admin-deactivated-admin = عُطّل في { $date }. لا يمكن لصاحبه تسجيل الدخول.

admin-roles-text = ما يجوز للأشخاص على هذا الخادم.
admin-role-new = دور جديد
admin-role-nothing = لا شيء
# $count (Number)
admin-role-people =
    { $count ->
        [0] ليس لدى أحد
        [zero] ليس لدى أحد
        [one] لدى شخص واحد
        [two] لدى شخصين
        [few] لدى { $count } أشخاص
        [many] لدى { $count } شخصًا
       *[other] لدى { $count } شخص
    }
admin-role-out-of-reach = يسمح بأكثر مما يسمح به دورك
# $name (String)
admin-role-edit-name = تعديل الدور { $name }
# $name (String)
admin-role-delete-name = حذف الدور { $name }
admin-role-new-title = دور جديد
admin-role-edit-title = تعديل الدور
admin-role-text = يجوز لصاحبه كل ما حُدّد هنا، منذ الآن.
admin-role-allows = يسمح بما يلي
admin-role-not-mine = دورك لا يسمح بهذا، لذا لا يمكنك منحه لغيرك.
# $name (String)
admin-role-delete-title = هل تريد حذف الدور { $name }؟
admin-role-delete-text = ليس هذا الدور لدى أحد. يبقى ما جرى به في سجل التدقيق.
# $count (Number)
admin-role-in-use =
    { $count ->
        [zero] ليس هذا الدور لدى أحد.
        [one] هذا الدور لدى شخص واحد. أسند إليه دورًا آخر أولًا.
        [two] هذا الدور لدى شخصين. أسند إليهما دورًا آخر أولًا.
        [few] هذا الدور لدى { $count } أشخاص. أسند إليهم دورًا آخر أولًا.
        [many] هذا الدور لدى { $count } شخصًا. أسند إليهم دورًا آخر أولًا.
       *[other] هذا الدور لدى { $count } شخص. أسند إليهم دورًا آخر أولًا.
    }

admin-fixed = محدّد في سطر أوامر الخادم.
admin-unsaved = لم يُحفظ بعد
admin-unsaved-offline = لم يُحفظ بعد. يبقى هنا إلى أن يعود الاتصال.
admin-saved = تم حفظ إعدادات الخادم.
admin-name = اسم الخادم
admin-name-help = ما يراه الناس حيث يسجّلون الدخول.
admin-name-missing = اكتب اسم الخادم.
admin-new-people = الأشخاص الجدد
admin-sign-up = من يجوز له إنشاء حساب
admin-sign-up-help = يبقى من له حساب، أيًّا كان هذا الخيار.
admin-sign-up-open = الجميع
admin-sign-up-invited = من لديه دعوة
admin-sign-up-closed = لا أحد
admin-domains = نطاقات العناوين
admin-domains-help = لا ينشئ حسابًا إلا من له عنوان فيها، مثل example.org, school.example. إن بقي فارغًا: أي عنوان.
# $domain (String)
admin-domain-wrong = { $domain } ليس نطاقًا. اكتب النطاقات مثل example.org، وافصل بينها بالعلامة «,».
admin-email-help = هل يقدّم الأشخاص عنوانًا عند إنشاء الحساب.
admin-email-optional = اختياري
admin-email-required = مطلوب
admin-email-off = لا يُطلب
admin-password = عدد أحرف كلمة المرور
admin-password-help = الحد الأدنى لعدد أحرف كلمة المرور الجديدة.
# $min (Number)
admin-password-wrong = اكتب عددًا لا يقل عن { $min }.
admin-default-role = دور الأشخاص الجدد
admin-default-role-help = ما لم تحدد دعوتهم دورًا آخر.
admin-messages = الرسائل
admin-retention = عدد أيام حفظ الرسائل
admin-retention-help = تُحذف الرسائل الأقدم لدى الجميع، على الخادم وعلى حواسيب الأشخاص. إن بقي فارغًا: تُحفظ إلى الأبد.
admin-retention-wrong = اكتب عدد الأيام، أو اتركه فارغًا لحفظ الرسائل إلى الأبد.
# $count (Number) - days
admin-retention-warning =
    { $count ->
        [zero] ستُحذف لدى الجميع كل الرسائل التي مضى عليها أكثر من { $count } يوم. لا يمكن استعادتها.
        [one] ستُحذف لدى الجميع كل الرسائل التي مضى عليها أكثر من يوم واحد. لا يمكن استعادتها.
        [two] ستُحذف لدى الجميع كل الرسائل التي مضى عليها أكثر من يومين. لا يمكن استعادتها.
        [few] ستُحذف لدى الجميع كل الرسائل التي مضى عليها أكثر من { $count } أيام. لا يمكن استعادتها.
        [many] ستُحذف لدى الجميع كل الرسائل التي مضى عليها أكثر من { $count } يومًا. لا يمكن استعادتها.
       *[other] ستُحذف لدى الجميع كل الرسائل التي مضى عليها أكثر من { $count } يوم. لا يمكن استعادتها.
    }
admin-retention-title = هل تريد حذف الرسائل الأقدم؟
# $count (Number) - days
admin-retention-question =
    { $count ->
        [zero] حالما تحفظ، تُحذف لدى الجميع، على الخادم وعلى كل الحواسيب، كل رسالة مضى عليها أكثر من { $count } يوم. لا يمكن التراجع عن ذلك.
        [one] حالما تحفظ، تُحذف لدى الجميع، على الخادم وعلى كل الحواسيب، كل رسالة مضى عليها أكثر من يوم واحد. لا يمكن التراجع عن ذلك.
        [two] حالما تحفظ، تُحذف لدى الجميع، على الخادم وعلى كل الحواسيب، كل رسالة مضى عليها أكثر من يومين. لا يمكن التراجع عن ذلك.
        [few] حالما تحفظ، تُحذف لدى الجميع، على الخادم وعلى كل الحواسيب، كل رسالة مضى عليها أكثر من { $count } أيام. لا يمكن التراجع عن ذلك.
        [many] حالما تحفظ، تُحذف لدى الجميع، على الخادم وعلى كل الحواسيب، كل رسالة مضى عليها أكثر من { $count } يومًا. لا يمكن التراجع عن ذلك.
       *[other] حالما تحفظ، تُحذف لدى الجميع، على الخادم وعلى كل الحواسيب، كل رسالة مضى عليها أكثر من { $count } يوم. لا يمكن التراجع عن ذلك.
    }
admin-retention-go = حفظ وحذف
admin-limits = الحدود
admin-limits-help = كم مرة يجوز لأحدهم أن يفعل ما يكلّف الخادم جهدًا. من يتجاوز ذلك يُطلب منه الانتظار.
admin-limit = الفعل
admin-limit-burst = دفعة واحدة
admin-limit-minute = ثم في الدقيقة
admin-limit-wrong = اكتب أعدادًا لا تقل عن واحد.
limit-sign-in-per-account = محاولات تسجيل الدخول، لكل حساب
limit-sign-in-per-address = مثل ذلك، من كل عنوان شبكة
limit-sign-in-per-device = مثل ذلك، من كل جهاز
limit-sign-up-per-address = الحسابات الجديدة من كل عنوان شبكة
limit-codes-per-account = الرموز المرسلة بالبريد، لكل حساب
limit-people-search = عمليات البحث عن أشخاص، لكل شخص
limit-invite-links = الروابط والدعوات، لكل شخص
limit-pictures = الصور المرفوعة، لكل شخص

admin-invite-new = دعوة جديدة
admin-invite-make = إنشاء دعوة
admin-invite-good = الدعوات الصالحة
admin-invite-none = لا دعوة صالحة في الوقت الحالي.
# $count (Number), $role (String) - what they become
admin-invite-left =
    { $count ->
        [zero] لا أحد بعد الآن، بدور { $role }
        [one] شخص آخر، بدور { $role }
        [two] شخصان آخران، بدور { $role }
        [few] { $count } أشخاص آخرين، بدور { $role }
        [many] { $count } شخصًا آخر، بدور { $role }
       *[other] { $count } شخص آخر، بدور { $role }
    }
# $time (String) - until when it is good
admin-invite-revoke = إلغاء الدعوة الصالحة حتى { $time }

## What was done in administering, in sentences. $actor (String) - who did it; $subject (String) - to whom

audit-none = لم يجرِ شيء بعد.
# Where it was done by a command where the server runs.
audit-owner = المالك على حاسوب الخادم
audit-found = أسّس { $actor } الخادم.
# $from and $to (String) - roles
audit-give-role = أسند { $actor } إلى { $subject } الدور { $to } بدلًا من { $from }.
audit-deactivate = عطّل { $actor } حساب { $subject }.
audit-deactivate-self = عطّل { $actor } حسابه.
audit-reactivate = أعاد { $actor } تفعيل حساب { $subject }.
audit-reactivate-self = أعاد { $actor } تفعيل حسابه بتسجيل الدخول.
audit-make-reset = أنشأ { $actor } رمزًا يمكن لـ { $subject } به اختيار كلمة مرور جديدة.
audit-sign-out = سجّل { $actor } خروج { $subject } من كل الأجهزة.
audit-two-step = أوقف { $actor } تسجيل الدخول بخطوتين لـ { $subject }.
# $name (String) - a role
audit-create-role = أنشأ { $actor } الدور { $name }.
audit-change-role = غيّر { $actor } الدور { $name }.
# $before and $name (String) - what a role was called, and is now
audit-rename-role = غيّر { $actor } الدور { $before }، واسمه الآن { $name }.
audit-delete-role = حذف { $actor } الدور { $name }.
# $permissions (String)
audit-permissions = يسمح بما يلي: { $permissions }
audit-change-settings = غيّر { $actor } إعدادات الخادم.
# $setting (String), $before and $after (String) - what it said, and says
audit-change = { $setting }: { $after }، وكان { $before }
# $role (String), $count (Number) - people
audit-create-invite =
    { $count ->
        [zero] أنشأ { $actor } دعوة لا تتسع لأحد، بدور { $role }.
        [one] أنشأ { $actor } دعوة لشخص واحد، بدور { $role }.
        [two] أنشأ { $actor } دعوة لشخصين، بدور { $role }.
        [few] أنشأ { $actor } دعوة لـ { $count } أشخاص، بدور { $role }.
        [many] أنشأ { $actor } دعوة لـ { $count } شخصًا، بدور { $role }.
       *[other] أنشأ { $actor } دعوة لـ { $count } شخص، بدور { $role }.
    }
audit-revoke-invite = ألغى { $actor } دعوة.
audit-unknown = فعل { $actor } شيئًا لا يستطيع هذا الإصدار من Hearth وصفه. حدّث Hearth لقراءته.
# $burst and $minute (Number)
audit-rate = { $burst } دفعة واحدة، { $minute } في الدقيقة
audit-for-ever = إلى الأبد
# $count (Number)
audit-days =
    { $count ->
        [zero] { $count } يوم
        [one] يوم واحد
        [two] يومان
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }
audit-any-domain = أي نطاق
