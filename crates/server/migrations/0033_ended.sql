-- Finds which stars and pins that have ended are due to be purged.
CREATE INDEX star_by_end ON star (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX pin_by_end ON pin (ended_at) WHERE ended_at IS NOT NULL;

-- Finds which reactions that were taken back are due to be purged.
CREATE INDEX reaction_by_removal ON reaction (removed_at) WHERE removed_at IS NOT NULL;
