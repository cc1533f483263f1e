-- Messages that name people, or everyone.
DROP INDEX message_naming;
CREATE INDEX message_naming ON message (hidden) WHERE instr(body, '"mentions":[') > 0 OR instr(body, '"everyone":true') > 0;
