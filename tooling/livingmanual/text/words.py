"""Words of an edition's frame, per language: labels, references, notices.

Wherever the tool itself writes a word into an edition, the word comes from here. A language without its own words
falls back to English, and the edition says so (issue of languages; French is machine-drafted and to be confirmed).
"""

from __future__ import annotations

ENGLISH = {
    "contents": "Contents",
    "part": "Part {number}",
    "chapter": "{number}",
    "annex": "Annex {number}",
    "table": "Table {number}.",
    "figure": "Figure {number}.",
    "norm": "Norm {number}",
    "references": "References",
    "ref-chapter": "chapter {number}",
    "ref-annex": "annex {number}",
    "ref-section": "section {number}",
    "ref-table": "table {number}",
    "ref-figure": "figure {number}",
    "ref-norm": "norm {number}",
    "ref-part": "part {number}",
    "ref-title": "“{number}”",
    "not-applicable": "Not applicable {country.in}",
    "edition-for": "Edition for {name}",
    "base-edition": "Edition for all countries",
    "draft": "Draft: not built from a recorded revision",
    "edition-stamp": "Edition stamp",
    "page": "Page",
    "of": "of",
    "notes": "Notes",
    "skip-to-text": "Skip to the text",
    "back-to-text": "Back to the text",
    "review-title": "How to send us your remarks",
    "review-how": "Comments and changes are both welcome. Track Changes is already on: write into the text, or select "
    "words and add a comment. Please do not accept or reject changes, and keep the file in its format (docx).",
    "review-send": "Send the file to",
    "value-unknown": "not known",
    "value-withheld": "withheld",
    "value-to-confirm": "to be confirmed",
    "profile-caption": "Country profile.",
    "profile-columns": "Group|Field|Value|As at|Source",
    "norms-caption": "Self-assessment by the national committee.",
    "norms-columns": "Norm|Answer|Evidence|Date",
    "answer-yes": "yes",
    "answer-partly": "partly",
    "answer-no": "no",
    "answer-not-applicable": "not applicable",
    "answer-none": "not answered",
}
FRENCH = {
    "contents": "Table des matières",
    "part": "Partie {number}",
    "annex": "Annexe {number}",
    "table": "Tableau {number}.",
    "figure": "Figure {number}.",
    "norm": "Norme {number}",
    "references": "Références",
    "ref-chapter": "chapitre {number}",
    "ref-annex": "annexe {number}",
    "ref-section": "section {number}",
    "ref-table": "tableau {number}",
    "ref-figure": "figure {number}",
    "ref-norm": "norme {number}",
    "ref-part": "partie {number}",
    "ref-title": "« {number} »",
    "not-applicable": "Sans objet {country.in}",
    "edition-for": "Édition pour {name}",
    "base-edition": "Édition pour tous les pays",
    "draft": "Brouillon : non issu d’une révision enregistrée",
    "edition-stamp": "Cachet d’édition",
    "page": "Page",
    "of": "sur",
    "notes": "Notes",
    "skip-to-text": "Aller au texte",
    "back-to-text": "Retour au texte",
    "review-title": "Comment nous envoyer vos remarques",
    "review-how": "Les commentaires et les modifications sont les uns et les autres bienvenus. Le suivi des "
    "modifications est déjà activé : écrivez dans le texte, ou sélectionnez des mots et ajoutez un commentaire. "
    "N’acceptez et ne refusez aucune modification, et gardez le fichier dans son format (docx).",
    "review-send": "Envoyez le fichier à",
    "value-unknown": "non connu",
    "value-withheld": "non communiqué",
    "value-to-confirm": "à confirmer",
    "profile-caption": "Profil du pays.",
    "profile-columns": "Groupe|Rubrique|Valeur|Date|Source",
    "norms-caption": "Auto-évaluation par le comité national.",
    "norms-columns": "Norme|Réponse|Éléments de preuve|Date",
    "answer-yes": "oui",
    "answer-partly": "en partie",
    "answer-no": "non",
    "answer-not-applicable": "sans objet",
    "answer-none": "sans réponse",
}
WORDS = {"en": ENGLISH, "fr": FRENCH}


def words(language: str) -> dict[str, str]:
    """The words of a language (BCP 47; its primary subtag decides), English where it has none of its own."""
    return {**ENGLISH, **WORDS.get(language.split("-", maxsplit=1)[0], {})}
