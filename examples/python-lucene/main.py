import lucene_core_MetaFFIHost as lucene

JARS = "lucene-core-9.4.2.jar;lucene-queryparser-9.4.2.jar;lucene-analysis-common-9.4.2.jar"
lucene.bind_module_to_code(JARS, "openjdk")

analyzer = lucene.StandardAnalyzer()
folder = lucene.ByteBuffersDirectory()
with lucene.IndexWriter(folder, lucene.IndexWriterConfig(analyzer)) as writer:
    for title in ["Lucene in Action", "Lucene for Dummies", "Managing Gigabytes"]:
        document = lucene.Document()
        document.add(lucene.TextField("title", title, lucene.Field.Store.YES))
        writer.addDocument(document)

query = lucene.QueryParser("title", analyzer).parse("lucene AND NOT dummies")
print(query)
with lucene.DirectoryReader.open(folder) as reader:
    searcher = lucene.IndexSearcher(reader)
    found = searcher.search(query, 10)
    print(found.totalHits)
    for hit in found.scoreDocs:
        print(searcher.doc(hit.doc).get("title"), hit.score > 0)
