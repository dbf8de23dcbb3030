//! What a browser is called, in rough words: so that somebody knows their own sessions apart, and no more than that (R-ACC-9).

/// Beginnings of what browsers say of themselves, the more particular first.
const BROWSERS: [(&str, &str); 9] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Chromium", "Chromium"),
    ("Safari", "Safari"),
];

const MACHINES: [(&str, &str); 8] = [
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "a Chromebook"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
    ("X11", "Linux"),
];

/// "Firefox on Windows". No version and nothing else of what the browser sent is kept; what is not known is "A browser".
pub fn words(user_agent: &str) -> String {
    let find = |list: &[(&str, &'static str)]| {
        list.iter().find(|(part, _)| user_agent.contains(part)).map(|(_, words)| *words)
    };
    match (find(&BROWSERS), find(&MACHINES)) {
        (Some(browser), Some(machine)) => format!("{browser} on {machine}"),
        (Some(browser), None) => browser.to_owned(),
        (None, Some(machine)) => format!("A browser on {machine}"),
        (None, None) => "A browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    /// R-ACC-9.
    #[test]
    fn a_browser_is_named_roughly() {
        for (agent, named) in [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox on Windows"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
                "Safari on a Mac",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
                "Safari on an iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            ("curl/8.5.0", "A browser"),
            ("", "A browser"),
            ("<script>Firefox</script>", "Firefox"),
        ] {
            assert_eq!(words(agent), named);
        }
    }

    /// R-ACC-9.
    #[test]
    fn nothing_else_of_what_it_sent_is_kept() {
        assert_eq!(words(&"Firefox sam.okafor@college.example".repeat(1000)), "Firefox");
    }
}
