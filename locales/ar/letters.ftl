# Letters that the server sends by mail, each a subject and paragraphs. $server is what the server is called.

letter-code-sign-in-subject = رمزك لتسجيل الدخول إلى { $server }
letter-code-password-subject = رمزك لكلمة مرور جديدة على { $server }
letter-code-subject = رمزك على { $server }
# The code stands below, in a line of its own.
letter-code-sign-in = اكتب هذا الرمز في Hearth لتسجيل الدخول إلى { $server }:
letter-code-password = اكتب هذا الرمز في Hearth لاختيار كلمة مرور جديدة على { $server }:
letter-code-address = اكتب هذا الرمز في Hearth لإثبات أن هذا العنوان لك على { $server }:
letter-code-once = يصلح مرة واحدة، لمدة { 15 } دقيقة. لن يطلبه منك أحد من { $server } أبدًا.
letter-code-not-asked = إن لم تطلب رمزًا، فليس عليك فعل شيء.

letter-email-changed-subject = تغيّر عنوانك على { $server }
letter-email-changed = تغيّر عنوان حسابك على { $server } إلى عنوان آخر، ولن تصل الرموز إلى هنا بعد الآن.
letter-email-removed-subject = أُزيل عنوانك على { $server }
letter-email-removed = أُزيل هذا العنوان من حسابك على { $server }: لن تصل الرموز إلى هنا بعد الآن، ولا يمكن بها استبدال كلمة مرور منسية.

letter-password-changed-subject = تغيّرت كلمة مرورك على { $server }
letter-password-changed = تغيّرت كلمة مرور حسابك على { $server }، وسُجّل خروج أجهزتك الأخرى.

letter-two-step-on-subject = تسجيل الدخول بخطوتين على { $server } مفعّل
letter-two-step-on = فُعّل تسجيل الدخول بخطوتين لحسابك على { $server }: صار تسجيل الدخول يتطلب رمزًا من تطبيق المصادقة أيضًا.
letter-two-step-on-keep = احفظ رموز الاسترداد حيث تجدها من دون هاتفك.
letter-two-step-off-subject = تسجيل الدخول بخطوتين على { $server } متوقف
letter-two-step-off = أُوقف تسجيل الدخول بخطوتين لحسابك على { $server }: عادت كلمة المرور وحدها كافية.

letter-linked-subject = رُبط حساب بحسابك على { $server }
letter-linked = رُبط حساب لدى مزوّد تسجيل دخول بحسابك على { $server }: كل من يسجّل الدخول هناك يدخل إلى حسابك أيضًا.
letter-unlinked-subject = أُلغي ربط حساب بحسابك على { $server }
letter-unlinked = أُلغي ربط حساب لدى مزوّد تسجيل دخول بحسابك على { $server }: لم يعد الدخول عن طريقه ممكنًا.

letter-recovery-code-subject = استُخدم رمز استرداد على { $server }
letter-recovery-code = { $left ->
    [zero] استُخدم أحد رموز الاسترداد الخاصة بك على { $server }. لم يبقَ أي رمز، ويمكنك إنشاء رموز جديدة في إعدادات Hearth.
    [one] استُخدم أحد رموز الاسترداد الخاصة بك على { $server }. بقي رمز واحد، ويمكنك إنشاء رموز جديدة في إعدادات Hearth.
    [two] استُخدم أحد رموز الاسترداد الخاصة بك على { $server }. بقي رمزان، ويمكنك إنشاء رموز جديدة في إعدادات Hearth.
    [few] استُخدم أحد رموز الاسترداد الخاصة بك على { $server }. بقيت { $left } رموز، ويمكنك إنشاء رموز جديدة في إعدادات Hearth.
    [many] استُخدم أحد رموز الاسترداد الخاصة بك على { $server }. بقي { $left } رمزًا، ويمكنك إنشاء رموز جديدة في إعدادات Hearth.
   *[other] استُخدم أحد رموز الاسترداد الخاصة بك على { $server }. بقي { $left } رمز، ويمكنك إنشاء رموز جديدة في إعدادات Hearth.
}

# How a letter ends that tells of something which its reader may not have done.
letter-not-you-tell = إن لم تكن أنت، فأخبر مالك الخادم.
letter-not-you-forgot = إن لم تكن أنت، فاختر «هل نسيت كلمة المرور؟» في Hearth، أو أخبر مالك الخادم.
letter-not-you-password = إن لم تكن أنت، فغيّر كلمة مرورك، أو أخبر مالك الخادم.
letter-not-you-unlink = إن لم تكن أنت، فألغِ الربط في إعدادات Hearth وغيّر كلمة مرورك، أو أخبر مالك الخادم.
