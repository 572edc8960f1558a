"""By what a text in a mail pretends that the mail is over and somebody else speaks; parts of regular expressions."""

# Elements that are closed before others are opened.
CLOSED = r"e?mail|message|document|context|data|user_input|input|content|untrusted\w*|text|body|ticket|query|quote"
OPENED = r"system|task|instructions?|assistant|developer|prompt|new_\w+|orders?|command|admin|important"
# Here ends what is only read.
ENDED = "|".join(
    """
end of (?:the )?(?:e?mail|message|document|data|context|input|system|untrusted)
ende der (?:e-?mail|nachricht)
fin (?:del|du|de la|de l['’]) ?(?:mensaje|correo|message|e-?mail|courriel)
fine (?:del messaggio|dell['’]e-?mail)
fim (?:da mensagem|do e-?mail)
einde (?:van het )?bericht
koniec (?:wiadomości|e-?maila)
конец (?:письма|сообщения)
""".strip().splitlines()
)
# Here begins what is to be obeyed.
BEGUN = r"(?:new|next|system|hidden|updated|important|begin|start)\s(?:instructions?|tasks?|prompts?|commands?|orders?|directives?)"
# Whose words only machines get to read.
SYSTEM = "|".join(
    """
system(?:nachricht|meldung|anweisung|hinweis|meddelande|meddelelse|melding|bericht|instructie|instruktion)
message (?:du )?système
instructions? système
mensaje del? sistema
instrucci[oó]n(?:es)? del? sistema
messaggio (?:di|del) sistema
mensagem do sistema
instruç(?:ão|ões) do sistema
systémová (?:zpráva|správa)
komunikat systemowy
wiadomość systemowa
системное (?:сообщение|указание)
системне повідомлення
rendszerüzenet
sistem (?:mesajı|talimatı)
mesaj de sistem
järjestelmäviesti
pesan sistem
thông báo hệ thống
μήνυμα συστήματος
رسالة النظام
הודעת מערכת
सिस्टम संदेश
系统(?:消息|指令|提示)
系統(?:訊息|指令)
システム(?:メッセージ|指示)
시스템 ?(?:메시지|지시)
ข้อความ(?:จาก)?ระบบ
""".strip().splitlines()
)
# What may stand before these.
NEW = (
    "new|neue|nouvelles?|nuev[ao]s?|nuov[aei]|nov[aáéyý]|nowe|nowy|новое|новая|нове|yeni|新的?|新しい|새(?:로운)?|جديدة"
)
# Who or what speaks, alone in square brackets at the beginning of a line.
IN_BRACKETS = "|".join(
    """
system(?:hinweis|nachricht|meldung|melding|bericht|meddelande|meddelelse)?|syst[eè]me|sistema|система|σύστημα|sistem|rendszer|järjestelmä|hệ thống|系统|系統|システム|시스템|ระบบ|النظام|מערכת
(?:tool|function)[ _](?:results?|outputs?|calls?|responses?)|(?:werkzeug|tool|funktions?)[- ]?(?:ergebnis|ausgabe|aufruf)
r[eé]sultat (?:de l['’])?outil|resultado (?:de (?:la )?|da )(?:herramienta|ferramenta)|risultato dello strumento|wynik narzędzia
výsledek nástroje|eszköz eredménye|rezultatul instrumentului|результат (?:инструмента|інструменту)|araç (?:sonucu|çıktısı)
工具(?:结果|結果|输出|輸出|调用)|ツール(?:の)?(?:結果|出力)|도구 ?(?:결과|출력)|hasil alat|kết quả công cụ|نتيجة الأداة|תוצאת כלי
""".strip().splitlines()
)
# What a function that is called gets, in JSON.
ARGUMENTS = "args|arguments|parameters|params|input|tool_input|action_input"
