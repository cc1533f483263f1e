-- What a search walks along when it is asked for more than words: each in the order of the messages, by n.
CREATE INDEX message_sender ON message (sender);
CREATE INDEX message_conversation ON message (conversation);
-- Messages in which there may be a link: whether there is one, the reader of texts says.
CREATE INDEX message_link ON message (hidden)
    WHERE text LIKE '%https:%' OR text LIKE '%mailto:%' OR text LIKE '%hearth://message/%';
-- Messages that name people.
CREATE INDEX message_naming ON message (hidden) WHERE instr(body, '"mentions":[') > 0;
