//! Reading a page as far as measuring needs: its links, and a form as it would be sent untouched.

/// A form of a page.
#[derive(Debug, PartialEq, Eq)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    /// What it sends untouched: hidden and typed values, chosen boxes, the first of each group that has none chosen.
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// Fills a field in, whatever it held.
    pub fn set(&mut self, name: &str, value: &str) {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.into(), value.into()));
    }
}

/// The links of a page that stay in the program, without their fragments.
pub fn links(html: &str) -> Vec<String> {
    let anchors = tags(html).into_iter().filter(|tag| tag.name == "a");
    let targets = anchors.filter_map(|tag| tag.get("href"));
    let kept = targets.map(|target| target.split('#').next().unwrap_or_default().to_string());
    kept.filter(|target| target.starts_with('/') && !target.starts_with("//")).collect()
}

/// The forms of a page that are sent by POST.
pub fn forms(html: &str) -> Vec<Form> {
    let mut found = Vec::new();
    let mut open: Option<Form> = None;
    let mut select = None;
    let mut group_chosen: Vec<String> = Vec::new();
    for tag in tags(html) {
        match tag.name.as_str() {
            "form" => {
                group_chosen.clear();
                let post = tag.get("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
                open = post.then(|| Form { action: tag.get("action").unwrap_or_default(), fields: Vec::new() });
            }
            "/form" => found.extend(open.take()),
            "select" => select = tag.get("name"),
            "/select" => select = None,
            _ => {}
        }
        if let Some(form) = &mut open {
            add(form, &tag, select.as_deref(), &mut group_chosen);
        }
    }
    found
}

fn add(form: &mut Form, tag: &Tag, select: Option<&str>, chosen: &mut Vec<String>) {
    let value = tag.get("value").unwrap_or_default();
    let has = |fields: &[(String, String)], name: &str| fields.iter().any(|(known, _)| known == name);
    match (tag.name.as_str(), tag.get("name"), select) {
        ("option", _, Some(name)) => {
            let selected = tag.get("selected").is_some();
            if selected || !has(&form.fields, name) {
                form.fields.retain(|(known, _)| known != name);
                form.fields.push((name.into(), value));
            }
        }
        ("textarea", Some(name), _) => form.fields.push((name, String::new())),
        ("input", Some(name), _) => match tag.get("type").as_deref() {
            Some("radio") => {
                let is_chosen = tag.get("checked").is_some();
                if is_chosen || !has(&form.fields, &name) {
                    if is_chosen || !chosen.contains(&name) {
                        form.fields.retain(|(known, _)| *known != name);
                        form.fields.push((name.clone(), value));
                    }
                    if is_chosen {
                        chosen.push(name);
                    }
                }
            }
            Some("checkbox") if tag.get("checked").is_none() => {}
            Some("submit" | "button" | "file" | "image" | "reset") => {}
            _ => form.fields.push((name, value)),
        },
        _ => {}
    }
}

struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<String> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| unescaped(value))
    }
}

/// All tags in order; attributes are quoted by double quotes or bare, as the template library writes them.
fn tags(html: &str) -> Vec<Tag> {
    html.split('<').skip(1).filter_map(tag).collect()
}

fn tag(text: &str) -> Option<Tag> {
    let end = text.find(|c: char| c.is_whitespace() || c == '>')?;
    let (name, mut rest) = text.split_at_checked(end)?;
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || rest.starts_with('>') {
            break;
        }
        let length = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '>').unwrap_or(rest.len());
        let (key, after) = rest.split_at_checked(length)?;
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"')?,
            None => ("", after.strip_prefix('=').unwrap_or(after)),
        };
        attributes.push((key.to_string(), value.to_string()));
        rest = after;
    }
    Some(Tag { name: name.to_lowercase(), attributes })
}

fn unescaped(text: &str) -> String {
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    pairs.iter().fold(text.to_string(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_in_the_program_and_lose_their_fragments() {
        let html =
            "<a class=\"x\" href=\"/week?from=1&amp;to=2#top\">w</a><a href=\"https://x\">o</a><a href=\"#main\">m</a>";
        assert_eq!(links(html), ["/week?from=1&to=2"]);
    }

    #[test]
    fn a_form_is_read_as_it_would_be_sent_untouched() {
        let html = "<form method=\"get\" action=\"/q\"><input name=\"q\"></form>\
            <form method=\"post\" action=\"/support\"><input type=\"hidden\" name=\"csrf\" value=\"t&quot;\">\
            <input type=\"radio\" name=\"who\" value=\"1\"><input type=\"radio\" name=\"who\" value=\"2\" checked>\
            <input type=\"radio\" name=\"who\" value=\"3\"><input type=\"radio\" name=\"slot\" value=\"a\">\
            <input type=\"radio\" name=\"slot\" value=\"b\"><input type=\"checkbox\" name=\"theme\" value=\"x\">\
            <select name=\"kind\"><option value=\"f\">F</option><option value=\"i\" selected>I</option></select>\
            <button name=\"go\" value=\"1\">Ask</button></form>";
        let found = forms(html);
        let expected = [("csrf", "t\""), ("who", "2"), ("slot", "a"), ("kind", "i")];
        let expected: Vec<(String, String)> = expected.map(|(name, value)| (name.into(), value.into())).to_vec();
        assert_eq!(found, [Form { action: "/support".into(), fields: expected }]);
    }
}
