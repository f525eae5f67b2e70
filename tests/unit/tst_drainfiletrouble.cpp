// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drainfiletest.h"

/// A drain directory that is damaged, of a later version, on a full disk or somebody else's.
class tst_DrainFileTrouble : public DrainFileTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void damagedFileIsLeftAlone_data();
    void damagedFileIsLeftAlone();
    void unknownFieldsAreKept();
    void newerFormatIsObeyedButNotRewritten();
    void fullDiskLosesNothing();
    void leftoverOfAKilledWriterIsNoObstacle();
    void folderThatIsAFileIsNamed();
    void withoutRightsNothingIsWritten();
    void groupOfTheFolderMayWrite();
};

void tst_DrainFileTrouble::damagedFileIsLeftAlone_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("named");
    const auto entry = [](const QByteArray &fields) {
        return QByteArray(R"({"format": 1, "entries": [{"peer": "ok:1", "service": "draining", )"
                          R"("generation": 5}, {)")
               + fields + "}]}";
    };
    QTest::newRow("empty") << QByteArray() << u"it is not JSON"_s;
    QTest::newRow("other") << QByteArray("[pools]\na=b\n") << u"it is not JSON"_s;
    QTest::newRow("cut off") << QByteArray(R"({"format": 1, "entries": [{"peer":)")
                             << u"it is not JSON"_s;
    QTest::newRow("list") << QByteArray("[]") << u"\"format\" is missing"_s;
    QTest::newRow("foreign") << QByteArray(R"({"name": "x"})") << u"\"format\" is missing"_s;
    QTest::newRow("format 0") << QByteArray(R"({"format": 0, "entries": []})") << u"\"format\""_s;
    QTest::newRow("entries") << QByteArray(R"({"format": 1, "entries": {}})") << u"\"entries\""_s;
    QTest::newRow("no peer") << entry(R"("service": "draining", "generation": 1)")
                             << u"entry 2: \"peer\" is missing"_s;
    QTest::newRow("service") << entry(R"("peer": "a", "service": "gone", "generation": 1)")
                             << u"entry 2: \"service\" is not understood"_s;
    QTest::newRow("no generation")
            << entry(R"("peer": "a", "service": "draining")") << u"\"generation\" is missing"_s;
    QTest::newRow("fraction") << entry(R"("peer": "a", "service": "draining", "generation": 1.5)")
                              << u"\"generation\""_s;
    QTest::newRow("huge") << entry(
            R"("peer": "a", "service": "draining", "generation": 9223372036854775807)")
                          << u"\"generation\""_s;
    QTest::newRow("negative") << entry(R"("peer": "a", "service": "draining", "generation": -1)")
                              << u"\"generation\""_s;
    QTest::newRow("pool") << entry(
            R"("peer": "a", "service": "draining", "generation": 1, "pool": 7)")
                          << u"\"pool\""_s;
    QTest::newRow("identities") << entry(
            R"("peer": "a", "service": "draining", "generation": 1, "identities": [7])")
                                << u"\"identities\""_s;
    const auto wish = [&entry](const QByteArray &fields) {
        return entry(R"("service": "draining", "generation": 1, )" + fields);
    };
    const QByteArray long300(301, 'x');
    const QByteArray long1000(1001, 'x');
    QTest::newRow("long peer") << wish("\"peer\": \"" + long300 + '"')
                               << u"entry 2: \"peer\" is too long; allowed are 300 characters"_s;
    QTest::newRow("long pool") << wish(R"("peer": "a", "pool": ")" + long300 + '"')
                               << u"\"pool\" is too long"_s;
    QTest::newRow("long identity")
            << wish(R"("peer": "a", "identities": ["b", ")" + long300 + "\"]")
            << u"\"identities\" is too long"_s;
    QTest::newRow("long reason") << wish(R"("peer": "a", "reason": ")" + long1000 + '"')
                                 << u"\"reason\" is too long; allowed are 1000 characters"_s;
    QTest::newRow("long requestedBy") << wish(R"("peer": "a", "requestedBy": ")" + long1000 + '"')
                                      << u"\"requestedBy\" is too long"_s;
    QTest::newRow("many identities") << wish(R"("peer": "a", "identities": [)"
                                             + QByteArray(R"("b",)").repeated(32) + "\"b\"]")
                                     << u"\"identities\" has 33 texts; allowed are at most 32"_s;
    QTest::newRow("many entries") << QByteArray(R"({"format": 1, "entries": [)"
                                                + QByteArray("{},").repeated(1000) + "{}]}")
                                  << u"\"entries\" has 1001 entries; allowed are at most 1000"_s;
    QTest::newRow("large") << QByteArray(5 * 1024 * 1024, ' ') << u"larger than"_s;
}

void tst_DrainFileTrouble::damagedFileIsLeftAlone()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, named);
    store(content);
    const DrainFile::Reading reading = file().read();
    QCOMPARE(reading.state, State::Damaged);
    QVERIFY2(reading.refusal->text.contains(named), qPrintable(reading.refusal->text));
    QVERIFY2(reading.refusal->text.contains(file().path()), qPrintable(reading.refusal->text));
    const DrainFile::Outcome outcome = file().write(requestFor(u"db1:3306"_s));
    QCOMPARE(kindOf(outcome), int(DrainRefusal::Damaged));
    QVERIFY2(outcome.refusal->text.contains(u"left alone"_s), qPrintable(outcome.refusal->text));
    QCOMPARE(bytes(), content);
}

void tst_DrainFileTrouble::unknownFieldsAreKept()
{
    store(R"({"format": 1, "colour": {"of": "money"}, "entries": [
             {"peer": "db1:3306", "service": "draining", "generation": 7, "ticket": 4711},
             {"peer": "db2:3306", "service": "draining", "generation": 8, "until": [1]}]})");
    QVERIFY(file().write(requestFor(u"db1:3306"_s, Service::InService)).change.isNew);
    const QJsonObject stored = QJsonDocument::fromJson(bytes()).object();
    QCOMPARE(stored.value("colour"_L1).toObject().value("of"_L1).toString(), u"money"_s);
    const QJsonArray entries = stored.value("entries"_L1).toArray();
    QCOMPARE(entries.size(), 2);
    QCOMPARE(entries.at(0).toObject().value("ticket"_L1).toInt(), 4711);
    QCOMPARE(entries.at(0).toObject().value("service"_L1).toString(), u"inService"_s);
    QCOMPARE(entries.at(1).toObject().value("until"_L1).toArray().size(), 1);
    QCOMPARE(entries.at(1).toObject().value("generation"_L1).toInt(), 8);
}

void tst_DrainFileTrouble::newerFormatIsObeyedButNotRewritten()
{
    const QByteArray content = R"({"format": 2, "kind": "fleet", "entries": [
             {"peer": "db1:3306", "service": "draining", "generation": 7, "ticket": 4711},
             {"peer": "db2:3306", "service": "half", "generation": 8}]})";
    store(content);
    const DrainFile::Reading reading = file().read();
    QCOMPARE(reading.state, State::Good);
    QCOMPARE(reading.document.entries.size(), 1);
    QCOMPARE(reading.document.leftOut.size(), 1);
    QCOMPARE(serviceOf(u"db1"_s), Service::Draining);
    const DrainFile::Outcome outcome = file().write(requestFor(u"db1:3306"_s, Service::InService));
    QCOMPARE(kindOf(outcome), int(DrainRefusal::NewerFormat));
    QVERIFY2(outcome.refusal->text.contains(u"format 2"_s), qPrintable(outcome.refusal->text));
    QVERIFY(!file().write(requestFor(u"db1:3306"_s)).refusal);
    QCOMPARE(bytes(), content);
}

void tst_DrainFileTrouble::fullDiskLosesNothing()
{
    QVERIFY(!file().write(requestFor(u"db1:3306"_s)).refusal);
    const QByteArray stored = bytes();
    // No file may become larger than this: what a full disk looks like to a writer.
    rlimit before;
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{rlim_t(100), before.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const DrainFile::Outcome outcome = file().write(requestFor(u"db2:3306"_s));
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, ignored);
    QCOMPARE(kindOf(outcome), int(DrainRefusal::IoError));
    QVERIFY2(outcome.refusal->text.contains(u"cannot be written"_s)
                     && outcome.refusal->text.contains(file().path()),
             qPrintable(outcome.refusal->text));
    QCOMPARE(bytes(), stored);
    QVERIFY(!QFile::exists(file().path() + u".new"_s));
    QVERIFY(!file().write(requestFor(u"db2:3306"_s)).refusal);
}

void tst_DrainFileTrouble::leftoverOfAKilledWriterIsNoObstacle()
{
    QVERIFY(QDir().mkpath(folder()));
    QFile leftover(file().path() + u".new"_s);
    QVERIFY(leftover.open(QIODevice::WriteOnly));
    leftover.write("{\"form");
    leftover.close();
    QVERIFY(!file().write(requestFor(u"db1:3306"_s)).refusal);
    QCOMPARE(serviceOf(u"db1"_s), Service::Draining);
    QVERIFY(!leftover.exists());
}

void tst_DrainFileTrouble::folderThatIsAFileIsNamed()
{
    QFile plain(m_folder->filePath(u"state"_s));
    QVERIFY(plain.open(QIODevice::WriteOnly));
    plain.close();
    DrainFile::Outcome outcome = DrainFile(plain.fileName()).write(requestFor(u"db1:3306"_s));
    QCOMPARE(kindOf(outcome), int(DrainRefusal::IoError));
    QVERIFY2(outcome.refusal->text.contains(plain.fileName()), qPrintable(outcome.refusal->text));
    outcome = file().write(requestFor(u"db1:3306"_s)); // below it
    QVERIFY(outcome.refusal);
    QVERIFY2(outcome.refusal->text.contains(folder()), qPrintable(outcome.refusal->text));
}

void tst_DrainFileTrouble::withoutRightsNothingIsWritten()
{
    QVERIFY(!file().write(requestFor(u"db1:3306"_s)).refusal);
    const QByteArray stored = bytes();
    const auto refused = [this] {
        const DrainFile::Outcome outcome = file().write(requestFor(u"db2:3306"_s));
        const bool isNamed = outcome.refusal && outcome.refusal->text.contains(folder())
                             && outcome.refusal->text.contains(u"belongs to user"_s);
        return isNamed ? kindOf(outcome) : 97;
    };
    QVERIFY(QFile::setPermissions(m_folder->path(), QFile::Permissions(0x7755)));
    QVERIFY(::chmod(qPrintable(m_folder->filePath(u"state"_s)), 0755) == 0);
    QVERIFY(::chmod(qPrintable(folder()), 0555) == 0);
    QVERIFY(::chmod(qPrintable(file().path()), 0444) == 0);
    QVERIFY(::chmod(qPrintable(folder() + u"/drain.lock"_s), 0444) == 0);
    const int kind = ::geteuid() == 0 ? asUser(Nobody, Nobody, refused) : refused();
    QCOMPARE(kind, int(DrainRefusal::NoRights));
    QCOMPARE(bytes(), stored);
    QVERIFY(::chmod(qPrintable(folder()), 0755) == 0);
}

void tst_DrainFileTrouble::groupOfTheFolderMayWrite()
{
    if (::geteuid() != 0) {
        // What can be seen without a second user: the group is the folder's.
        QVERIFY(QDir().mkpath(folder()));
        QVERIFY(::chmod(qPrintable(folder()), 02770) == 0);
        QVERIFY(!file().write(requestFor(u"db1:3306"_s)).refusal);
        QCOMPARE(modeOf(file().path()), mode_t(0660));
        return;
    }
    QVERIFY(QDir().mkpath(folder()));
    QVERIFY(::chmod(qPrintable(m_folder->path()), 0755) == 0);
    QVERIFY(::chown(qPrintable(folder()), 0, Nobody) == 0);
    QVERIFY(::chmod(qPrintable(folder()), 02770) == 0);
    const auto drain = [this](const QString &peer) {
        return kindOf(file().write(requestFor(peer)));
    };
    // Written by one, read and written by the other, whoever was first.
    QCOMPARE(drain(u"db1:3306"_s), -1);
    QCOMPARE(asUser(Nobody, Nobody, [&] { return drain(u"db2:3306"_s) + 1; }), 0);
    QCOMPARE(drain(u"db3:3306"_s), -1);
    QCOMPARE(asUser(Stranger - 1, Nobody, [&] { return drain(u"db4:3306"_s) + 1; }), 0);
    QCOMPARE(file().read().document.entries.size(), 4);
    for (const QString &name : {u"drain.json"_s, u"drain.lock"_s}) {
        QCOMPARE(modeOf(folder() + u'/' + name), mode_t(0660));
        QCOMPARE(QFileInfo(folder() + u'/' + name).groupId(), uint(Nobody));
    }
    // What root writes for somebody is that user's.
    const QString ofNobody = m_folder->filePath(u"private"_s);
    QVERIFY(QDir().mkpath(ofNobody));
    QVERIFY(::chown(qPrintable(ofNobody), Nobody, Nobody) == 0);
    QVERIFY(::chmod(qPrintable(ofNobody), 0700) == 0);
    QVERIFY(!DrainFile(ofNobody).write(requestFor(u"db1:3306"_s)).refusal);
    QCOMPARE(asUser(Nobody, Nobody, [&] { return int(DrainFile(ofNobody).read().state); }),
             int(State::Good));

    QCOMPARE(asUser(Stranger, Stranger, [&] { return drain(u"db5:3306"_s); }),
             int(DrainRefusal::NoRights));
    QCOMPARE(asUser(Stranger, Stranger, [&] { return int(file().read().state); }),
             int(State::Unreadable));
}

QTEST_GUILESS_MAIN(tst_DrainFileTrouble)
#include "tst_drainfiletrouble.moc"
