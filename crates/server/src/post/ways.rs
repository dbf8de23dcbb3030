//! The two ways out: a folder of `.eml` files, and a mail server.

use std::path::{Path, PathBuf};

use actions::mail::Failure;
use domain::ids::MailId;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::PATIENCE;
use super::settings::{MAIL, Security, Server};
use crate::conf::SettingsError;

/// Where mail goes.
pub(super) enum Way {
    /// As files of random names.
    Folder(PathBuf),
    /// To a mail server.
    Server(Box<AsyncSmtpTransport<Tokio1Executor>>, Security),
}

impl Way {
    /// To a mail server, greeting it by the sender's domain: the machine's own name is nobody's business.
    pub fn to(server: &Server, from: &Mailbox) -> Result<Self, SettingsError> {
        let secure = || {
            TlsParameters::new(server.name.clone())
                .map_err(|_| MAIL.whole("`server` is no name that a secure connection can be made to"))
        };
        let tls = match server.security {
            Security::Tls => Tls::Wrapper(secure()?),
            Security::StartTls => Tls::Required(secure()?),
            Security::None => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.name)
            .port(server.port)
            .tls(tls)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(from.email.domain().to_owned()));
        if let Some((user, password)) = &server.user {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self::Server(Box::new(builder.build()), server.security))
    }

    /// Sends it this way.
    pub async fn send(&self, id: MailId, message: Message) -> Result<(), Failure> {
        match self {
            Self::Folder(folder) => {
                let folder = folder.clone();
                let written = tokio::task::spawn_blocking(move || write(&folder, id, &message.formatted()));
                written.await.ok().and_then(Result::ok).ok_or(Failure::Folder)
            }
            Self::Server(server, security) => match server.send(message).await {
                Ok(_) => Ok(()),
                Err(fault) => Err(failure(&fault, *security)),
            },
        }
    }
}

/// What a fault means, without what the server said: that may hold an address.
fn failure(fault: &lettre::transport::smtp::Error, security: Security) -> Failure {
    let code = fault.status().map(u16::from);
    if fault.is_timeout() {
        Failure::TooSlow
    } else if fault.is_tls() || (fault.is_client() && security != Security::None) {
        Failure::Insecure
    } else if matches!(code, Some(530 | 534 | 535 | 538)) {
        Failure::SignIn
    } else if fault.is_permanent() {
        Failure::Refused
    } else if fault.is_transient() {
        Failure::NotNow
    } else {
        Failure::Unreachable
    }
}

/// Writes a file that tells nothing by its name, whole or not at all, and readable by nobody else.
fn write(folder: &Path, id: MailId, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let mut make = std::fs::DirBuilder::new();
    make.recursive(true);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        make.mode(0o700);
        options.mode(0o600);
    }
    make.create(folder)?;
    let (unready, ready) = (folder.join(format!("{id}.part")), folder.join(format!("{id}.eml")));
    let mut file = options.open(&unready)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(unready, ready)
}

/// Removes files older than so many days, counted from an instant in seconds since 1970.
pub(super) fn clear(folder: &Path, now: i64, days: i64) -> std::io::Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        let ours = path.extension().is_some_and(|end| end == "eml" || end == "part");
        let changed = entry.metadata()?.modified()?;
        let changed = changed.duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
        if ours && i64::try_from(changed).unwrap_or(i64::MAX) < now - days * 24 * 3600 {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}
