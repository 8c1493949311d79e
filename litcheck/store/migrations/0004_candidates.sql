-- The entries that a citation fits equally well (LC505). It names none of them then, and reference_ids is empty.
ALTER TABLE citation ADD COLUMN candidate_ids VARCHAR[] DEFAULT [];
