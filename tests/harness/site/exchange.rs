//! One connection: requests in, answers out.

use std::collections::{HashMap, VecDeque};
use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use percent_encoding::percent_decode_str;
use socket2::SockRef;

use super::{Behaviour, Seen, ServedFile, Shared};

/// All answers carry this date, a long time after any file's.
const DATE: &str = "Sun, 22 Nov 2026 09:00:00 GMT";

struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// Serves requests until the client leaves or a behaviour ends the connection.
pub(super) fn serve(stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some((path, headers)) = request(&mut reader)? {
        let (file, behaviour) = {
            let mut state = shared.state();
            let turn = state.turns.get_mut(&path).and_then(VecDeque::pop_front);
            let behaviour = turn.unwrap_or_else(|| state.behaviours.get(&path).cloned());
            (state.files.get(&path).cloned(), behaviour)
        };
        let answer = answer(file.as_ref(), behaviour.as_ref(), &headers)?;
        let number = {
            let mut state = shared.state();
            state.seen.push(Seen { path, headers, status: answer.status, sent: 0 });
            state.forgotten + state.seen.len() - 1
        };
        let count = |sent: usize| {
            let mut state = shared.state();
            // An answer to a request that was forgotten meanwhile counts for none of the later ones.
            let index = number.checked_sub(state.forgotten);
            if let Some(seen) = index.and_then(|index| state.seen.get_mut(index)) {
                seen.sent += sent;
            }
        };
        match behaviour {
            Some(Behaviour::HangUp) => return Ok(()),
            Some(Behaviour::Mute) => {
                shared.hold();
                return Ok(());
            }
            _ => {}
        }
        if !send(stream, &answer, behaviour.as_ref(), shared, &count)? {
            return Ok(());
        }
    }
    Ok(())
}

/// `None` at the end of the connection.
fn request(reader: &mut impl BufRead) -> io::Result<Option<(String, HashMap<String, String>)>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let target = line.split(' ').nth(1).unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default().trim_start_matches('/');
    let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) => headers.insert(name.to_ascii_lowercase(), value.trim().to_owned()),
            None => return Ok(Some((path, headers))),
        };
    }
}

fn answer(
    file: Option<&ServedFile>,
    behaviour: Option<&Behaviour>,
    headers: &HashMap<String, String>,
) -> io::Result<Answer> {
    match behaviour {
        Some(Behaviour::Status(status)) => return Ok(empty(*status)),
        Some(Behaviour::Later(status, when)) => {
            return Ok(Answer { headers: vec![("Retry-After", when.clone())], ..empty(*status) });
        }
        Some(Behaviour::Redirect(target)) => {
            return Ok(Answer { headers: vec![("Location", target.clone())], ..empty(302) });
        }
        _ => {}
    }
    let Some(file) = file else {
        return Ok(empty(404));
    };
    let mut answer = Answer { status: 200, headers: own_headers(file), body: Vec::new() };
    if is_unchanged(file, headers) {
        answer.status = 304;
        return Ok(answer);
    }
    let start = match behaviour {
        Some(Behaviour::IgnoreRange) => None,
        _ => range_start(file, headers),
    };
    if let Some(Behaviour::Encoding(encoding)) = behaviour {
        answer.headers.push(("Content-Encoding", encoding.clone()));
    }
    let total = file.bytes.len();
    answer.body = match (start, behaviour) {
        (None, Some(Behaviour::Gzip)) => {
            answer.headers.push(("Content-Encoding", "gzip".to_owned()));
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(&file.bytes)?;
            encoder.finish()?
        }
        (None, _) => file.bytes.clone(),
        (Some(start), Some(Behaviour::ContentRange(range))) => {
            answer.headers.extend(range.clone().map(|range| ("Content-Range", range)));
            answer.status = 206;
            file.bytes.get(start..).unwrap_or_default().to_vec()
        }
        (Some(start), _) if start >= total => {
            answer.headers.push(("Content-Range", format!("bytes */{total}")));
            answer.status = 416;
            Vec::new()
        }
        (Some(start), behaviour) => {
            let start = if behaviour == Some(&Behaviour::WrongRange) { start - 1 } else { start };
            answer.headers.push(("Content-Range", format!("bytes {start}-{}/{total}", total - 1)));
            answer.status = 206;
            file.bytes.get(start..).unwrap_or_default().to_vec()
        }
    };
    Ok(answer)
}

fn empty(status: u16) -> Answer {
    Answer { status, headers: Vec::new(), body: Vec::new() }
}

fn own_headers(file: &ServedFile) -> Vec<(&'static str, String)> {
    let headers =
        [("ETag", &file.etag), ("Last-Modified", &file.last_modified), ("Content-Type", &file.content_type)];
    headers.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))).collect()
}

/// RFC 9110, 13.2.2: the date counts only where no tag was sent. As Apache does, any date that is not older
/// than the file's is "not changed since"; the dates of tests compare as texts.
fn is_unchanged(file: &ServedFile, headers: &HashMap<String, String>) -> bool {
    match (headers.get("if-none-match"), headers.get("if-modified-since")) {
        (Some(tag), _) => file.etag.as_ref() == Some(tag),
        (None, Some(date)) => file.last_modified.as_ref().is_some_and(|modified| date >= modified),
        (None, None) => false,
    }
}

/// RFC 9110, 13.1.5: with an `If-Range` that does not match, the range is not there.
fn range_start(file: &ServedFile, headers: &HashMap<String, String>) -> Option<usize> {
    let start = headers.get("range")?.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()?;
    let is_same = match headers.get("if-range") {
        Some(validator) => {
            !validator.starts_with("W/")
                && (file.etag.as_ref() == Some(validator) || file.last_modified.as_ref() == Some(validator))
        }
        None => true,
    };
    is_same.then_some(start)
}

/// Whether the connection can go on.
fn send(
    mut stream: &TcpStream,
    answer: &Answer,
    behaviour: Option<&Behaviour>,
    shared: &Shared,
    count: &dyn Fn(usize),
) -> io::Result<bool> {
    let body = answer.body.as_slice();
    let is_chunked = matches!(behaviour, Some(Behaviour::NoLength | Behaviour::NoEnd | Behaviour::Endless));
    let mut head = vec![format!("HTTP/1.1 {} Status", answer.status), format!("Date: {DATE}")];
    head.extend(answer.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    head.extend(match behaviour {
        _ if is_chunked => Some("Transfer-Encoding: chunked".to_owned()),
        Some(Behaviour::Length(length)) => Some(format!("Content-Length: {length}")),
        _ if answer.status == 304 => None,
        _ => Some(format!("Content-Length: {}", body.len())),
    });
    stream.write_all(head.join("\r\n").as_bytes())?;
    stream.write_all(b"\r\n\r\n")?;
    let mut write = |bytes: &[u8]| {
        count(bytes.len());
        stream.write_all(bytes)
    };
    match behaviour {
        Some(Behaviour::CutAfter(bytes)) => {
            write(body.get(..*bytes).unwrap_or(body))?;
            return Ok(false);
        }
        Some(Behaviour::ResetAfter(bytes)) => {
            write(body.get(..*bytes).unwrap_or(body))?;
            // With bytes that nobody takes any more given up, the system says so by a reset.
            SockRef::from(stream).set_linger(Some(Duration::ZERO))?;
            return Ok(false);
        }
        Some(Behaviour::Trickle) => {
            for byte in body.chunks(1) {
                write(byte)?;
                if !shared.pass() {
                    return Ok(false);
                }
            }
        }
        Some(Behaviour::NoEnd) => {
            write(&chunk(body))?;
            shared.hold();
            return Ok(false);
        }
        Some(Behaviour::HoldAfter(bytes)) => {
            let (first, rest) = body.split_at((*bytes).min(body.len()));
            write(first)?;
            shared.hold();
            write(rest)?;
        }
        Some(Behaviour::Length(_)) => {
            write(body)?;
            return Ok(false);
        }
        Some(Behaviour::NoLength) => write(&[chunk(body), b"0\r\n\r\n".to_vec()].concat())?,
        Some(Behaviour::Endless) => loop {
            write(&chunk(&vec![b' '; 64 * 1024]))?;
        },
        _ => write(body)?,
    }
    Ok(true)
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}
