//! A database over JDBC: the JDK's `java.sql`, with a driver in a jar.

mod java_sql {
    include!(concat!(env!("OUT_DIR"), "/java_sql_MetaFFIHost.rs"));
}

use java_sql::{DriverManager, SQLException, bind_module_to_code};

fn main() -> Result<(), metaffi::Error> {
    bind_module_to_code("h2-2.2.224.jar", "openjdk")?;
    let connection = DriverManager::get_connection("jdbc:h2:mem:")?;
    let statement = connection.create_statement()?;
    statement.execute("create table city (name varchar, degrees int)")?;
    let insert = connection.prepare_statement("insert into city values (?, ?)")?;
    for (name, degrees) in [("Rome", 5), ("Oslo", 7)] {
        insert.set_string(1, name)?;
        insert.set_int(2, degrees)?;
        insert.execute_update()?;
    }
    let cities = statement.execute_query("select * from city order by name")?;
    while cities.next()? {
        println!("{} {}", cities.get_string_int32(1)?, cities.get_int_string("degrees")?);
    }
    let error = statement.execute_query("select * from nothing").unwrap_err();
    let exception = error.exception::<SQLException>().expect("JDBC raises it");
    println!("SQL state {}", exception.get_sql_state()?);
    connection.close()
}
