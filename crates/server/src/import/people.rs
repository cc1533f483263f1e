//! Friendly names for people of whom an archive knows only an id: the same id gets the same name every time.

use crate::names;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// First and last names of one script.
struct Script {
    /// Of a hundred people, so many have a name of this script.
    share: u64,
    /// Written family name first and without a dot in usernames.
    joined: bool,
    /// Names, with spaces between.
    first: &'static str,
    last: &'static str,
}

const SCRIPTS: &[Script] = &[
    Script {
        share: 72,
        joined: false,
        first: "Maren Jonas Elin Tomasz Ines Rafael Clara Oskar Leila Mateo Signe Hugo Amelia Nils Zofia Ravi Greta \
                Luca Freya Pablo Noor Emil Astrid Diego Hanna Felix Camille Anton Beatriz Ivar Paula Samuel Nora \
                Viktor Lucía Theo Åse Bruno Renée Kofi Amara Søren Mila Gabriel Thảo Jürgen Chiara Owen",
        last: "Solberg Keller Lindqvist Nowak Ferreira Costa Weber Hansen Haddad Romero Dahl Laurent Brooks Berg \
                Kowalska Patel Vogel Ricci Walker Navarro Rahman Holm Nygaard Torres Fischer Krüger Moreau Sjöberg \
                Silva Eide Wagner Okafor Larsen Novák García Martin Bjørnstad Conti Lefèvre Mensah Diallo Kjær \
                Petrova Santos Nguyễn Bauer Marino Hughes",
    },
    Script {
        share: 7,
        joined: false,
        first: "Дарья Иван Олена Никола Анна Павел Мария Тарас Вера Борис Соня Юрий",
        last: "Соколова Петров Шевченко Иванова Орлов Мороз Лебедев Бондар Зайцева Коваль Белов Громова",
    },
    Script {
        share: 3,
        joined: false,
        first: "Θάλεια Νίκος Ελένη Γιώργος Μαρία Άρης Σοφία Πέτρος",
        last: "Παππά Νικολάου Ιωάννου Δήμου Βλάχος Κώστα Αγγέλου Ρήγα",
    },
    Script {
        share: 5,
        joined: false,
        first: "سارة عمر ليلى يوسف مريم كريم نور طارق هدى سامي",
        last: "حداد منصور خليل نجار عباس سالم فارس درويش قاسم زيدان",
    },
    Script {
        share: 3,
        joined: false,
        first: "נועה דניאל תמר יונתן מיכל אורי שירה איתן",
        last: "לוי כהן מזרחי פרץ ביטון אברהם פרידמן שרון",
    },
    Script {
        share: 3, joined: false, first: "राज अनिता विक्रम मीरा अर्जुन सीता रवि प्रिया", last: "शर्मा वर्मा गुप्ता सिंह जोशी मिश्रा पटेल यादव"
    },
    Script {
        share: 4, joined: true, first: "雷 梅 小明 芳 伟 静 丽娜 强 秀英 子涵", last: "李 王 张 刘 陈 杨 赵 黄 周 吴"
    },
    Script {
        share: 3, joined: true, first: "민수 지은 서연 준호 하나 영희 도윤 수빈", last: "김 이 박 최 정 강 조 윤"
    },
];

/// Names tried for somebody before a number is put behind.
const ATTEMPTS_MAX: u32 = 20;

/// A made-up name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub username: String,
    pub first_name: String,
    pub last_name: String,
}

/// Names for all of them, no username twice.
pub(super) fn names(senders: &BTreeSet<Uuid>) -> BTreeMap<Uuid, Name> {
    let mut taken = BTreeSet::new();
    senders
        .iter()
        .map(|sender| {
            let mut attempt = 0;
            let mut name = name(*sender, attempt);
            while !taken.insert(names::fold(&name.username)) {
                attempt += 1;
                name = self::name(*sender, attempt);
                // A script may run out of names before its people do.
                if attempt >= ATTEMPTS_MAX {
                    name.username = format!("{}{attempt}", name.username);
                }
            }
            (*sender, name)
        })
        .collect()
}

/// The name that an id stands for; another one at each attempt.
fn name(sender: Uuid, attempt: u32) -> Name {
    let digest = match attempt {
        0 => Sha256::digest(sender.as_bytes()),
        _ => Sha256::digest([sender.as_bytes().as_slice(), &attempt.to_be_bytes()].concat()),
    };
    let mut numbers = digest.chunks_exact(8).map(|chunk| chunk.iter().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte)));
    let mut next = || numbers.next().unwrap_or_default();
    let (script, first, last) = (script(next() % 100), next(), next());
    let (first, last) = (pick(script.first, first), pick(script.last, last));
    let username = if script.joined { format!("{last}{first}") } else { format!("{first}.{last}") };
    Name { username: username.to_lowercase(), first_name: first.into(), last_name: last.into() }
}

fn script(of_hundred: u64) -> &'static Script {
    let mut sum = 0;
    for script in SCRIPTS {
        sum += script.share;
        if of_hundred < sum {
            return script;
        }
    }
    const { &SCRIPTS[0] }
}

fn pick(from: &'static str, number: u64) -> &'static str {
    let all: Vec<&str> = from.split(' ').collect();
    let index = usize::try_from(number % (all.len().max(1) as u64)).unwrap_or_default();
    all.get(index).copied().unwrap_or("Hearth")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_name_could_have_signed_up_and_none_is_taken_twice() {
        assert_eq!(SCRIPTS.iter().map(|script| script.share).sum::<u64>(), 100);
        let senders: BTreeSet<Uuid> = (0..2_000_u128).map(Uuid::from_u128).collect();
        let names = names(&senders);
        let mut seen = BTreeSet::new();
        for name in names.values() {
            assert_eq!(crate::names::username(&name.username).unwrap(), name.username);
            assert!(seen.insert(crate::names::fold(&name.username)), "{}", name.username);
        }
        assert_eq!(names, super::names(&senders));
    }
}
