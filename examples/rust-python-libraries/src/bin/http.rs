//! Queries a server, which the program starts itself, with requests.

mod requests {
    include!(concat!(env!("OUT_DIR"), "/requests_MetaFFIHost.rs"));
}

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use metaffi::Value;
use metaffi::stubs::Map;
use requests::HTTPError;

fn main() -> Result<(), metaffi::Error> {
    let server = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", server.local_addr().expect("it is bound"));
    std::thread::spawn(move || server.incoming().flatten().try_for_each(answer));

    requests::bind_module_to_code("requests", "python3")?;
    let cities = format!("{address}/cities");
    let response = requests::get_with(cities).params([["min", "5"]]).call()?;
    println!("{} {}", response.status_code()?, response.headers()?.get("content-type")?);
    let answer = response.json()?.lift::<Map<String, Value>>()?.to_map()?;
    println!("{} {}", answer["asked"], answer["cities"]);
    match requests::get(format!("{address}/nothing"))?.raise_for_status() {
        Err(error) if error.is::<HTTPError>() => println!("{}", error.message),
        other => other?,
    }
    Ok(())
}

/// Answers one request.
fn answer(mut stream: std::net::TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let asked = lines.next().unwrap_or(Ok(String::new()))?;
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let path = asked.split(' ').nth(1).unwrap_or("/");
    let status = if path.starts_with("/cities") { "200 OK" } else { "404 Not Found" };
    let body = format!(r#"{{"asked": "{path}", "cities": ["Oslo", "Rome"]}}"#);
    let head = "Content-Type: application/json\r\nConnection: close";
    write!(stream, "HTTP/1.1 {status}\r\n{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}
