//! In which order the list stands.

use crate::view::{ListOrder, Problem};
use hearth_replica::{Compare, Order};
use icu_collator::{Collator, options::CollatorOptions};
use icu_locale_core::Locale;
use std::cmp::Ordering;

/// The order as the replica is asked for it.
pub(super) fn asked(order: ListOrder, compare: &Compare) -> Order<'_> {
    match order {
        ListOrder::Newest => Order::Newest,
        ListOrder::Unread => Order::Unread,
        ListOrder::Name => Order::Name(compare),
    }
}

/// Which of two names comes first for whoever reads a language; numbers in them by what they count.
pub(super) fn comparing(language: &str) -> Result<impl Fn(&str, &str) -> Ordering + Send + Sync + 'static, Problem> {
    let locale: Locale = format!("{language}-u-kn").parse().map_err(Problem::internal)?;
    let collator = Collator::try_new((&locale).into(), CollatorOptions::default()).map_err(Problem::internal)?;
    Ok(move |a: &str, b: &str| collator.compare(a, b))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn sorted<'t>(language: &str, names: &[&'t str]) -> Vec<&'t str> {
        let compare = comparing(language).unwrap();
        let mut names = names.to_vec();
        names.sort_by(|a, b| compare(a, b));
        names
    }

    #[test]
    fn names_stand_as_whoever_reads_them_looks_for_them() {
        assert_eq!(
            sorted("en", &["Zoë", "émile", "Eve", "zoe", "Åsa", "eve 10", "eve 9"]),
            ["Åsa", "émile", "Eve", "eve 9", "eve 10", "zoe", "Zoë"]
        );
        // Kana by their sounds, whichever of the two scripts they are in.
        assert_eq!(sorted("ja", &["ミナ", "さくら", "アキラ", "あおい"]), ["あおい", "アキラ", "さくら", "ミナ"]);
        assert_eq!(sorted("ar", &["يوسف", "أحمد", "بدر"]), ["أحمد", "بدر", "يوسف"]);
        // A reader's own script comes before the others.
        assert_eq!(sorted("ar", &["Bob", "بدر"]), ["بدر", "Bob"]);
        assert_eq!(sorted("en", &["بدر", "Bob"]), ["Bob", "بدر"]);
    }
}
