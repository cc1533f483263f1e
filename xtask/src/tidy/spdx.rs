//! Licence expressions as packages write them: `MIT OR Apache-2.0`, `(MIT OR Apache-2.0) AND Unicode-3.0`, `MIT/Apache-2.0`.

/// True when the licences in `allow` suffice for `expression`: one side of each OR, both of each AND. What cannot be read does not.
pub fn suffices(expression: &str, allow: &[String]) -> bool {
    let words = words(expression);
    let mut reader = Reader { words: &words, allow };
    let enough = reader.any();
    enough == Some(true) && reader.words.is_empty()
}

/// Splits at spaces and parentheses; a slash is an old way to say OR.
fn words(expression: &str) -> Vec<String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    spaced.split_whitespace().map(str::to_owned).collect()
}

struct Reader<'a> {
    words: &'a [String],
    allow: &'a [String],
}

impl Reader<'_> {
    fn next(&mut self) -> Option<&str> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }

    fn takes(&mut self, word: &str) -> bool {
        let is = self.words.first().is_some_and(|first| first == word);
        if is {
            self.next();
        }
        is
    }

    fn any(&mut self) -> Option<bool> {
        let mut enough = self.all()?;
        while self.takes("OR") {
            enough |= self.all()?;
        }
        Some(enough)
    }

    fn all(&mut self) -> Option<bool> {
        let mut enough = self.one()?;
        while self.takes("AND") {
            enough &= self.one()?;
        }
        Some(enough)
    }

    fn one(&mut self) -> Option<bool> {
        if self.takes("(") {
            let enough = self.any()?;
            return self.takes(")").then_some(enough);
        }
        let mut name = self.next()?.to_owned();
        if self.takes("WITH") {
            name = format!("{name} WITH {}", self.next()?);
        }
        Some(self.allow.contains(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_side_of_or_and_both_of_and() {
        let allow = ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
        for enough in [
            "MIT",
            "MIT OR GPL-2.0-only",
            "GPL-2.0-only/MIT",
            "(MIT OR GPL-3.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception",
            "Apache-2.0 AND MIT",
        ] {
            assert!(suffices(enough, &allow), "{enough}");
        }
        for lacking in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "(MIT OR GPL-3.0) AND ISC",
            "MIT WITH Some-exception",
            "",
            "MIT OR",
            "(MIT",
            "MIT MIT",
            "MIT)",
            "OR MIT",
        ] {
            assert!(!suffices(lacking, &allow), "{lacking}");
        }
    }
}
