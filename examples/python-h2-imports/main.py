import metaffi.imports

metaffi.imports.add("openjdk", "h2-2.2.224.jar")

from java.sql import DriverManager, SQLException

with DriverManager.getConnection("jdbc:h2:mem:") as connection:
    statement = connection.createStatement()
    statement.execute("CREATE TABLE sales (city VARCHAR, amount INT)")
    insert = connection.prepareStatement("INSERT INTO sales VALUES (?, ?)")
    for city, amount in [("Oslo", 3), ("Rome", 5), ("Oslo", 4)]:
        insert.setString(1, city)
        insert.setInt(2, amount)
        insert.executeUpdate()
    query = "SELECT city, SUM(amount) FROM sales GROUP BY city ORDER BY city"
    rows = statement.executeQuery(query)
    while rows.next():
        print(rows.getString(1), rows.getInt("SUM(AMOUNT)"))
    try:
        statement.executeQuery("SELECT nothing")
    except SQLException as error:
        print(error.getErrorCode(), error.message.split(";")[0])
