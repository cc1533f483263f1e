# README.html in the archive of everything of one's own. What stands between ` ` is typed as it is: names of files and fields.

readme-title = كل ما يخصّك في Hearth
readme-what = يضم هذا الأرشيف ما يخصّك على خادم Hearth، وما كان بإمكانك قراءته هناك حين أُنشئ، ولا تحتاج قراءة شيء منه إلى Hearth. الملفات بصيغة `JSON`، والرسائل بصيغة `JSON Lines` (قيمة `JSON` واحدة في كل سطر). الأوقات بالمللي ثانية منذ بداية عام { $epoch } بتوقيت `UTC` حسب ساعة الخادم، والمعرّفات هي `UUID`.
readme-care = لم يكن بإمكان أحد غيرك الاطلاع على Hearth في حاسوبك. أما هذا الملف فيستطيع كل من يحصل عليه الاطلاع على ما فيه: احفظه حيث تحفظ رسائلك.

# The table: a file, and what is in it.
readme-file = الملف
readme-holds = محتواه
readme-manifest = متى أُنشئ وبماذا ومن أين، وهل هو كامل، وأسماء المحادثات، وقيمة `SHA-256` لكل ملف آخر
readme-account = حسابك: الأسماء والعنوان والحالة وما تقوله عن نفسك ومن يرى ماذا (`privacy`)
readme-picture = صورتك، إن كانت لك صورة
readme-external = الحسابات التي تسجّل بها الدخول، وهل لديك كلمة مرور. ليس في هذا الأرشيف كلمة مرور ولا رمز دخول ولا مفتاح
readme-devices = الأجهزة التي سُجّل دخولك عليها الآن أو سابقًا، ومتى اتصل كل منها آخر مرة
readme-people-known = من تعرفهم أو حظرتهم الآن أو سابقًا
readme-inbox = ما طلبتَه وما طُلب منك، وما أُشعرت به
readme-memberships = المحادثات والمجموعات التي أنت فيها الآن أو كنت فيها
readme-read = إلى أين وصلت في القراءة
readme-arrangements = المحادثات التي ثبّتّها أو أرشفتها أو كتمتها
readme-hidden = الرسائل التي أخفيتها عن نفسك الآن أو سابقًا
readme-threads = السلاسل التي تتابعها أو غادرتها، وإلى أين وصلت في قراءتها
readme-stars = الرسائل التي ميّزتها بنجمة الآن أو سابقًا
readme-collections = مجموعات المحفوظات التي أنشأتها الآن أو سابقًا، والرسائل التي فيها أو كانت فيها
readme-scheduled = الرسائل التي جدولتها: ما ينتظر وقته مع نصه، وما أُرسل أو تُرك يُذكر من دون نصه
readme-people = ما يخبرك به الآخرون عن أنفسهم
readme-group = مجموعة: `group.json` و`members.json` و`channels.json`
readme-conversation = محادثة: `conversation.json` و`members.json` و`messages.jsonl`؛ يبيّن `pins.json` ما ثُبّت فيها الآن أو سابقًا؛ ويبيّن `read.json` و`delivered.json` ما وصل إلى من؛ و`retention.json` إن أُزيلت رسائل أقدم
readme-unsent = ما كتبته ولم ترسله، وما ينتظر الإرسال، على الحاسوب الذي أُنشئ عليه هذا
readme-versions = نص الرسائل قبل تعديلها، حيث اطلعت عليه على الحاسوب الذي أُنشئ عليه هذا
readme-settings = كيف تريد التطبيق
readme-unknown = ما قاله خادم أحدث ولم تستطع هذه النسخة من التطبيق قراءته

readme-message = كل سطر في `messages.jsonl` رسالة، والأقدم أولًا: `pos` مكانها، و`sender` صاحبها، و`from` اسمه، و`mine` هل هي لك، و`kind` نوعها (`text` نص؛ `emoji` رموز تعبيرية وحدها، ثلاثة على الأكثر؛ `link` رابط وحده؛ `system` ما حدث للمحادثة)، و`body` ما قيل، أو `null` مع `deleted` إن حُذفت: عندئذٍ لا يبقى إلا مكانها. يعدّ `revision` تعديلاتها، ويبيّن `reactions` من وضع عليها أي رمز تعبيري.
readme-left = لا يُذكر هنا من المحادثات التي غادرتها إلا أنك كنت فيها. وما لم يكن بإمكانك رؤية سجله، فلا تراه هنا.
readme-from-here = يذكر `manifest.json` القيمة `"from": "this_computer"` إن تعذّر الوصول إلى الخادم: عندئذٍ ينقص المحادثة التي ليست `complete` عدد `missing` من الرسائل على الأكثر، ولا يُذكر ما لا يعرفه إلا الخادم (`external_accounts.json` و`devices_seen.json`).
