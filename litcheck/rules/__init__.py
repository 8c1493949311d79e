"""The rules, one a file, and the table in which every one of them stands.

A rule takes a ``Case`` and gives ``Finding``s; it asks nothing of the world, so the same case gives the same findings.
"""

from __future__ import annotations

from litcheck.findings import Finding
from litcheck.rules.judging import judge_by
from litcheck.rules.lc001_unreadable_document import unreadable_document
from litcheck.rules.lc002_no_reference_list import no_reference_list
from litcheck.rules.lc003_unparsed_reference import unparsed_reference
from litcheck.rules.lc004_source_unavailable import source_unavailable
from litcheck.rules.lc101_doi_not_registered import doi_not_registered
from litcheck.rules.lc102_doi_of_another_work import doi_of_another_work
from litcheck.rules.lc103_no_matching_record import no_matching_record
from litcheck.rules.lc104_doi_malformed import doi_malformed
from litcheck.rules.lc105_doi_missing import doi_missing
from litcheck.rules.lc106_ambiguous_record import ambiguous_record
from litcheck.rules.lc107_doi_superseded import doi_superseded
from litcheck.rules.lc108_identifiers_disagree import identifiers_disagree
from litcheck.rules.lc109_untraceable_reference import untraceable_reference
from litcheck.rules.lc201_title_mismatch import title_mismatch
from litcheck.rules.lc202_year_mismatch import year_mismatch
from litcheck.rules.lc203_authors_mismatch import authors_mismatch
from litcheck.rules.lc204_author_misspelled import author_misspelled
from litcheck.rules.lc205_author_order import author_order
from litcheck.rules.lc206_container_mismatch import container_mismatch
from litcheck.rules.lc207_volume_issue_mismatch import volume_issue_mismatch
from litcheck.rules.lc208_pages_mismatch import pages_mismatch
from litcheck.rules.lc301_retracted import retracted
from litcheck.rules.lc302_expression_of_concern import expression_of_concern
from litcheck.rules.lc303_corrected import corrected
from litcheck.rules.lc304_withdrawn_or_removed import withdrawn_or_removed
from litcheck.rules.lc305_preprint_published import preprint_published
from litcheck.rules.lc401_duplicate_entry import duplicate_entry
from litcheck.rules.lc402_list_order import list_order
from litcheck.rules.lc403_missing_field import missing_field
from litcheck.rules.lc404_inconsistent_style import inconsistent_style
from litcheck.rules.lc405_year_implausible import year_implausible
from litcheck.rules.lc406_incomplete_authors import incomplete_authors
from litcheck.rules.lc407_numbering import numbering
from litcheck.rules.lc501_cited_not_listed import cited_not_listed
from litcheck.rules.lc502_listed_not_cited import listed_not_cited
from litcheck.rules.lc503_citation_misspelled import citation_misspelled
from litcheck.rules.lc504_citation_year_differs import citation_year_differs
from litcheck.rules.lc505_ambiguous_citation import ambiguous_citation
from litcheck.rules.lc506_et_al_misused import et_al_misused
from litcheck.rules.lc507_number_out_of_range import number_out_of_range
from litcheck.rules.lc508_citation_order import citation_order
from litcheck.rules.lc509_abbreviation_undefined import abbreviation_undefined
from litcheck.rules.lc510_suffix_without_sibling import suffix_without_sibling
from litcheck.rules.lc511_quotation_without_locator import quotation_without_locator
from litcheck.rules.lc512_personal_communication import personal_communication
from litcheck.rules.lc513_bibliography_out_of_date import bibliography_out_of_date
from litcheck.rules.lc514_link_to_another_entry import link_to_another_entry
from litcheck.rules.model import Assessment, Case, Needs, Rule

#: Every rule, in the order of codes. A code is never used again for something else.
RULES: tuple[Rule, ...] = (
    unreadable_document,
    no_reference_list,
    unparsed_reference,
    source_unavailable,
    doi_not_registered,
    doi_of_another_work,
    no_matching_record,
    doi_malformed,
    doi_missing,
    ambiguous_record,
    doi_superseded,
    identifiers_disagree,
    untraceable_reference,
    title_mismatch,
    year_mismatch,
    authors_mismatch,
    author_misspelled,
    author_order,
    container_mismatch,
    volume_issue_mismatch,
    pages_mismatch,
    retracted,
    expression_of_concern,
    corrected,
    withdrawn_or_removed,
    preprint_published,
    duplicate_entry,
    list_order,
    missing_field,
    inconsistent_style,
    year_implausible,
    incomplete_authors,
    numbering,
    cited_not_listed,
    listed_not_cited,
    citation_misspelled,
    citation_year_differs,
    ambiguous_citation,
    et_al_misused,
    number_out_of_range,
    citation_order,
    abbreviation_undefined,
    suffix_without_sibling,
    quotation_without_locator,
    personal_communication,
    bibliography_out_of_date,
    link_to_another_entry,
)


def judge(case: Case, *, select: frozenset[str] = frozenset(), ignore: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """What the rules find in one document, in its order, with places and fingerprints.

    ``select`` and ``ignore`` are codes or beginnings of codes ("LC2"); nothing selected means everything.
    """
    return judge_by(RULES, case, select=select, ignore=ignore)


__all__ = ["RULES", "Assessment", "Case", "Needs", "Rule", "judge"]
