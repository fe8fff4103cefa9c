//! The records of a chunk: binary XML with templates, names and typed values.

use std::collections::HashMap;

use super::{CHUNK, Event, filetime};

/// Where the records of a chunk begin.
pub(super) const RECORDS_START: usize = 512;
const NAMESPACE: &str = "http://schemas.microsoft.com/win/2004/08/events/event";

const NULL: u8 = 0x00;
const STRING: u8 = 0x01;
const UINT8: u8 = 0x04;
const UINT16: u8 = 0x06;
const UINT32: u8 = 0x08;
const UINT64: u8 = 0x0a;
const BINARY: u8 = 0x0e;
const FILETIME: u8 = 0x11;
const SID: u8 = 0x13;
const HEX64: u8 = 0x15;
const BINARY_XML: u8 = 0x21;
const STRINGS: u8 = 0x81;

/// A chunk on its way.
#[derive(Clone)]
pub(super) struct Chunk {
    /// From the chunk's beginning; the header is still to come.
    pub(super) bytes: Vec<u8>,
    pub(super) first: u64,
    pub(super) last: u64,
    /// Where the last record begins.
    pub(super) last_at: u32,
    pub(super) names_table: [u32; 64],
    pub(super) templates_table: [u32; 32],
    names: HashMap<String, u32>,
    templates: HashMap<String, u32>,
}

impl Default for Chunk {
    fn default() -> Self {
        Self {
            bytes: vec![0; RECORDS_START],
            first: 0,
            last: 0,
            last_at: 0,
            names_table: [0; 64],
            templates_table: [0; 32],
            names: HashMap::new(),
            templates: HashMap::new(),
        }
    }
}

/// A typed value of a template's place.
type Value = (u8, Vec<u8>);

impl Chunk {
    /// Adds a record, if there is room for it.
    pub(super) fn add(&mut self, number: u64, event: &Event) -> bool {
        let before = self.bytes.len();
        // What may have to be taken back, names and templates too.
        let is_tight = before > CHUNK / 2;
        let former = is_tight.then(|| self.clone());
        self.record(number, event);
        if self.bytes.len() > CHUNK {
            if let Some(former) = former {
                *self = former;
            }
            return false;
        }
        if self.first == 0 {
            self.first = number;
        }
        (self.last, self.last_at) = (number, before as u32);
        true
    }

    fn record(&mut self, number: u64, event: &Event) {
        let start = self.bytes.len();
        self.raw(&0x0000_2a2a_u32.to_le_bytes());
        let size_at = self.reserve();
        self.raw(&number.to_le_bytes());
        self.raw(&filetime(event.time).to_le_bytes());
        self.fragment_header();
        let has_user_data = event.user_data.is_some();
        let key = format!("{} {has_user_data}", event.provider);
        self.template_instance(&key, |chunk| chunk.event(&event.provider, has_user_data));
        self.values(number, event);
        self.raw(&[0]);
        let size = (self.bytes.len() + 4 - start) as u32;
        self.raw(&size.to_le_bytes());
        self.fill(size_at, size);
    }

    /// The template of a source's records.
    fn event(&mut self, provider: &str, has_user_data: bool) {
        let event = self.element("Event", &[("xmlns", Content::Text(NAMESPACE))]);
        let system = self.element("System", &[]);
        self.empty("Provider", &[("Name", Content::Text(provider))]);
        self.leaf("EventID", &[("Qualifiers", Content::Place(3, UINT16))], 2, UINT16);
        self.leaf("Level", &[], 0, UINT8);
        self.leaf("Task", &[], 1, UINT16);
        self.leaf("Keywords", &[], 4, HEX64);
        self.empty("TimeCreated", &[("SystemTime", Content::Place(5, FILETIME))]);
        self.leaf("EventRecordID", &[], 6, UINT64);
        let process = [("ProcessID", Content::Place(7, UINT32)), ("ThreadID", Content::Place(8, UINT32))];
        self.empty("Execution", &process);
        let channel = self.element("Channel", &[]);
        self.text("Application");
        self.end(channel);
        self.leaf("Computer", &[], 9, STRING);
        self.empty("Security", &[("UserID", Content::Place(10, SID))]);
        self.end(system);
        if has_user_data {
            self.leaf("UserData", &[], 11, BINARY_XML);
        } else {
            let data = self.element("EventData", &[]);
            self.leaf("Data", &[], 11, STRINGS);
            self.leaf("Binary", &[], 12, BINARY);
            self.end(data);
        }
        self.end(event);
    }

    fn values(&mut self, number: u64, event: &Event) {
        let sid = event.sid.as_deref().map(|sid| (SID, sid_bytes(sid)));
        let mut values: Vec<Value> = vec![
            (UINT8, vec![event.level]),
            (UINT16, 0_u16.to_le_bytes().to_vec()),
            (UINT16, event.id.to_le_bytes().to_vec()),
            (UINT16, 0_u16.to_le_bytes().to_vec()),
            (HEX64, 0x0080_0000_0000_0000_u64.to_le_bytes().to_vec()),
            (FILETIME, filetime(event.time).to_le_bytes().to_vec()),
            (UINT64, number.to_le_bytes().to_vec()),
            (UINT32, 4112_u32.to_le_bytes().to_vec()),
            (UINT32, 0_u32.to_le_bytes().to_vec()),
            (STRING, utf16(&event.computer)),
            sid.unwrap_or_default(),
        ];
        if event.user_data.is_some() {
            // Where it will lie has to be known, for the names in it are written where they are first used.
            values.push((BINARY_XML, Vec::new()));
        } else {
            let strings: Vec<u8> =
                event.strings.iter().flat_map(|text| utf16(&format!("{text}\0"))).collect();
            values.push(if strings.is_empty() { (NULL, strings) } else { (STRINGS, strings) });
            let binary = event.binary.clone();
            values.push(if binary.is_empty() { (NULL, binary) } else { (BINARY, binary) });
        }
        self.raw(&(values.len() as u32).to_le_bytes());
        let descriptors_at = self.bytes.len();
        for (kind, bytes) in &values {
            self.raw(&(bytes.len() as u16).to_le_bytes());
            self.raw(&[*kind, 0]);
        }
        for (_, bytes) in &values {
            self.raw(bytes);
        }
        if let Some((element, data)) = &event.user_data {
            let start = self.bytes.len();
            self.user_data(element, data);
            let size = ((self.bytes.len() - start) as u16).to_le_bytes();
            let at = descriptors_at + 4 * (values.len() - 1);
            self.bytes[at..at + 2].copy_from_slice(&size);
        }
    }

    /// A fragment with a template of its own, whose values are texts.
    fn user_data(&mut self, element: &str, data: &[(String, String)]) {
        self.fragment_header();
        let names: Vec<&str> = data.iter().map(|(name, _)| name.as_str()).collect();
        let key = format!("{element} {names:?}");
        self.template_instance(&key, |chunk| {
            let outer = chunk.element(element, &[]);
            for (index, name) in names.iter().enumerate() {
                chunk.leaf(name, &[], index as u16, STRING);
            }
            chunk.end(outer);
        });
        self.raw(&(data.len() as u32).to_le_bytes());
        let texts: Vec<Vec<u8>> = data.iter().map(|(_, text)| utf16(text)).collect();
        for text in &texts {
            self.raw(&(text.len() as u16).to_le_bytes());
            self.raw(&[STRING, 0]);
        }
        for text in &texts {
            self.raw(text);
        }
        self.raw(&[0]);
    }

    /// Refers to a template, which is written where it is first used in a chunk.
    fn template_instance(&mut self, key: &str, write: impl FnOnce(&mut Self)) {
        let hash = key.bytes().fold(7_u32, |hash, byte| hash.wrapping_mul(65_599).wrapping_add(byte.into()));
        self.raw(&[0x0c, 0x01]);
        self.raw(&hash.to_le_bytes());
        if let Some(at) = self.templates.get(key).copied() {
            self.raw(&at.to_le_bytes());
            return;
        }
        let at = self.bytes.len() as u32 + 4;
        self.raw(&at.to_le_bytes());
        let bucket = &mut self.templates_table[hash as usize % 32];
        let next = std::mem::replace(bucket, at);
        self.raw(&next.to_le_bytes());
        self.raw(&hash.to_le_bytes());
        self.raw(&[0x5a; 12]);
        let size_at = self.reserve();
        let start = self.bytes.len();
        self.fragment_header();
        write(self);
        self.raw(&[0]);
        self.fill(size_at, (self.bytes.len() - start) as u32);
        self.templates.insert(key.to_owned(), at);
    }

    fn fragment_header(&mut self) {
        self.raw(&[0x0f, 0x01, 0x01, 0x00]);
    }

    /// Begins an element; gives where its size is to stand.
    fn open(&mut self, name: &str, has_attributes: bool) -> usize {
        self.raw(&[if has_attributes { 0x41 } else { 0x01 }]);
        self.raw(&0xffff_u16.to_le_bytes());
        let size_at = self.reserve();
        self.name(name);
        size_at
    }

    fn element(&mut self, name: &str, attributes: &[(&str, Content<'_>)]) -> usize {
        let size_at = self.open(name, !attributes.is_empty());
        self.attributes(attributes);
        self.raw(&[0x02]);
        size_at
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, Content<'_>)]) {
        let size_at = self.open(name, true);
        self.attributes(attributes);
        self.raw(&[0x03]);
        self.fill_rest(size_at);
    }

    fn leaf(&mut self, name: &str, attributes: &[(&str, Content<'_>)], place: u16, kind: u8) {
        let size_at = self.element(name, attributes);
        self.place(place, kind);
        self.end(size_at);
    }

    fn end(&mut self, size_at: usize) {
        self.raw(&[0x04]);
        self.fill_rest(size_at);
    }

    fn attributes(&mut self, attributes: &[(&str, Content<'_>)]) {
        if attributes.is_empty() {
            return;
        }
        let size_at = self.reserve();
        for (index, (name, content)) in attributes.iter().enumerate() {
            self.raw(&[if index + 1 == attributes.len() { 0x06 } else { 0x46 }]);
            self.name(name);
            match content {
                Content::Text(text) => self.text(text),
                Content::Place(place, kind) => self.place(*place, *kind),
            }
        }
        self.fill_rest(size_at);
    }

    fn text(&mut self, text: &str) {
        self.raw(&[0x05, STRING]);
        self.raw(&(text.encode_utf16().count() as u16).to_le_bytes());
        self.raw(&utf16(text));
    }

    /// Left out, if its value is nothing.
    fn place(&mut self, place: u16, kind: u8) {
        self.raw(&[0x0e]);
        self.raw(&place.to_le_bytes());
        self.raw(&[kind]);
    }

    /// Refers to a name, which is written where it is first used in a chunk.
    fn name(&mut self, name: &str) {
        if let Some(at) = self.names.get(name).copied() {
            self.raw(&at.to_le_bytes());
            return;
        }
        let at = self.bytes.len() as u32 + 4;
        self.raw(&at.to_le_bytes());
        let hash =
            name.encode_utf16().fold(0_u32, |hash, c| hash.wrapping_mul(65_599).wrapping_add(c.into()));
        let bucket = &mut self.names_table[(hash as u16) as usize % 64];
        let next = std::mem::replace(bucket, at);
        self.raw(&next.to_le_bytes());
        self.raw(&(hash as u16).to_le_bytes());
        self.raw(&(name.encode_utf16().count() as u16).to_le_bytes());
        self.raw(&utf16(name));
        self.raw(&[0, 0]);
        self.names.insert(name.to_owned(), at);
    }

    fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Four bytes to be filled later.
    fn reserve(&mut self) -> usize {
        let at = self.bytes.len();
        self.raw(&[0; 4]);
        at
    }

    fn fill(&mut self, at: usize, size: u32) {
        self.bytes[at..at + 4].copy_from_slice(&size.to_le_bytes());
    }

    /// The size of all that follows it so far.
    fn fill_rest(&mut self, at: usize) {
        self.fill(at, (self.bytes.len() - at - 4) as u32);
    }
}

/// What an attribute holds.
enum Content<'a> {
    Text(&'a str),
    Place(u16, u8),
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// `S-1-5-18` as a SID's bytes (\[MS-DTYP\] 2.4.2).
fn sid_bytes(sid: &str) -> Vec<u8> {
    let numbers: Vec<u64> = sid.split('-').skip(1).filter_map(|number| number.parse().ok()).collect();
    let (revision, authority) = (numbers[0] as u8, numbers[1]);
    let mut bytes = vec![revision, numbers.len() as u8 - 2];
    bytes.extend_from_slice(&authority.to_be_bytes()[2..]);
    for number in &numbers[2..] {
        bytes.extend_from_slice(&(*number as u32).to_le_bytes());
    }
    bytes
}
