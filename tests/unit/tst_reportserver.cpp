// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "reportservertest.h"

/// A process's reports over its socket.
class tst_ReportServer : public ReportServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void answersOnce();
    void probesWhenAsked_data();
    void probesWhenAsked();
    void versionWithoutProbesReports();
    void badRequests_data();
    void badRequests();
    void muteReaderIsDropped();
    void slowReaderIsDropped();
    void readersAreLimited();
    void rights_data();
    void rights();
    void folderOfSomebodyElse();
    void longFolderName();
    void leavesNothing();
};

void tst_ReportServer::answersOnce()
{
    ServerThread servers(m_folder);
    QCOMPARE(servers.add(u"one"_s), QString());
    HandReader reader(socketOf(u"one"_s), "report\n");
    QCOMPARE(reader.line(), reportOf(u"one"_s).toLine());
    QVERIFY(reader.isHungUpOn());
    const ReportAnswer answer = onlyAnswer(m_folder, 5s);
    QCOMPARE(answer.kind, ReportAnswer::Kind::Report);
    QVERIFY(answer.report == reportOf(u"one"_s));
    QVERIFY(answer.process == identity(u"one"_s));
}

void tst_ReportServer::probesWhenAsked_data()
{
    QTest::addColumn<int>("time"); // ms
    QTest::addColumn<bool>("isChecking");
    QTest::newRow("at once") << 0 << false;
    QTest::newRow("soon") << 60 << false;
    QTest::newRow("not in time") << 60'000 << true;
}

void tst_ReportServer::probesWhenAsked()
{
    QFETCH(int, time);
    QFETCH(bool, isChecking);
    ServerThread servers(m_folder);
    QCOMPARE(servers.addProber(u"one"_s, std::chrono::milliseconds(time)), QString());
    QCOMPARE(onlyAnswer(m_folder, 5s).kind, ReportAnswer::Kind::Report);
    QCOMPARE(servers.rounds(), 0);
    QElapsedTimer took;
    took.start();
    const ReportAnswer answer = onlyAnswer(m_folder, 5s, true);
    QCOMPARE(answer.kind, ReportAnswer::Kind::Report);
    QCOMPARE(servers.rounds(), 1);
    const PeerReport &peer = answer.report.pools.constFirst().peers.constFirst();
    QCOMPARE(peer.isChecking, isChecking);
    QCOMPARE(peer.connectAge.value_or(-1) < 1, !isChecking);
    QVERIFY2(took.elapsed() < 450 * Slowness, qPrintable(QString::number(took.elapsed())));
}

// It refuses what it does not know, and is asked once more.
void tst_ReportServer::versionWithoutProbesReports()
{
    ServerThread servers(m_folder);
    QCOMPARE(servers.add(u"one"_s), QString());
    for (int i = 0; i < 20; ++i) {
        const ReportAnswer answer = onlyAnswer(m_folder, 5s, true);
        QCOMPARE(answer.kind, ReportAnswer::Kind::Report);
        QVERIFY(answer.report == reportOf(u"one"_s));
    }
}

void tst_ReportServer::badRequests_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QString>("error");
    const QString allowed = u"probe"_s;
    QTest::newRow("unknown") << QByteArray("drop table\n") << allowed;
    QTest::newRow("empty") << QByteArray("\n") << allowed;
    QTest::newRow("of an earlier version") << QByteArray("watch 1\n") << allowed;
    QTest::newRow("too long") << QByteArray(200, 'x') << u"128"_s;
    QTest::newRow("much too long") << QByteArray(1'000'000, 'x') << u"128"_s;
    QTest::newRow("binary") << QByteArray("\0\xff\n", 3) << allowed;
}

void tst_ReportServer::badRequests()
{
    QFETCH(QByteArray, request);
    QFETCH(QString, error);
    ServerThread servers(m_folder);
    QCOMPARE(servers.add(u"one"_s), QString());
    HandReader reader(socketOf(u"one"_s), request);
    const QByteArray line = reader.line();
    // Who is still sending when it is hung up on may not get to read why.
    if (request.size() < 1000)
        QVERIFY2(line.contains(error.toUtf8()) && line.contains("\"error\""), line.constData());
    QVERIFY(reader.isHungUpOn());
    QCOMPARE(onlyAnswer(m_folder, 5s).kind, ReportAnswer::Kind::Report);
}

void tst_ReportServer::muteReaderIsDropped()
{
    ServerThread servers(m_folder);
    QCOMPARE(servers.add(u"one"_s, 3, 200ms), QString());
    HandReader reader(socketOf(u"one"_s), "repo");
    QVERIFY(reader.isHungUpOn());
    QCOMPARE(reader.socket().readAll(), QByteArray());
}

void tst_ReportServer::slowReaderIsDropped()
{
    ServerThread servers(m_folder);
    // More than the system keeps for a reader.
    QCOMPARE(servers.add(u"one"_s, 4'000, 1s), QString());
    const QByteArray whole = reportOf(u"one"_s, 4'000).toLine();
    const int reader = connectTo(socketOf(u"one"_s));
    QVERIFY(reader >= 0);
    QCOMPARE(::write(reader, "report\n", 7), 7);
    pollfd hangUp{reader, 0, 0};
    QCOMPARE(::poll(&hangUp, 1, 20'000), 1);
    QVERIFY(hangUp.revents & POLLHUP);
    QByteArray got(whole.size(), Qt::Uninitialized);
    qsizetype size = 0;
    for (ssize_t part = 1; part > 0 && size < got.size(); size += std::max<ssize_t>(part, 0))
        part = ::read(reader, got.data() + size, size_t(got.size() - size));
    ::close(reader);
    QVERIFY2(size > 0 && size < whole.size(), qPrintable(QString::number(size)));
    HandReader patient(socketOf(u"one"_s), "report\n");
    QCOMPARE(patient.line().size(), whole.size());
}

void tst_ReportServer::readersAreLimited()
{
    ServerThread servers(m_folder);
    QCOMPARE(servers.add(u"one"_s, 3, 60s), QString());
    std::vector<std::unique_ptr<HandReader>> readers;
    for (int i = 0; i < ReportServer::MostReaders; ++i)
        readers.push_back(std::make_unique<HandReader>(socketOf(u"one"_s), "repo"));
    {
        HandReader late(socketOf(u"one"_s), "report\n");
        QVERIFY(late.line().contains("32 others"));
        QVERIFY(late.isHungUpOn());
    }
    const ReportAnswer answer = onlyAnswer(m_folder, 5s);
    QCOMPARE(answer.kind, ReportAnswer::Kind::Declined);
    QVERIFY2(answer.text.contains(u"32 others"_s), qPrintable(answer.text));
    QCOMPARE(answer.process.application, u"shop"_s);
    readers.pop_back();
    QTRY_COMPARE(onlyAnswer(m_folder, 5s).kind, ReportAnswer::Kind::Report);
}

void tst_ReportServer::rights_data()
{
    QTest::addColumn<uint>("around");
    QTest::addColumn<uint>("folder");
    QTest::addColumn<uint>("socket");
    QTest::addColumn<uint>("owner");
    QTest::newRow("the user's") << 0700u << 0700u << 0700u << 0600u;
    QTest::newRow("the user's, readable") << 0755u << 0700u << 0700u << 0600u;
    QTest::newRow("the machine's") << 02770u << 02770u << 0770u << 0660u;
}

void tst_ReportServer::rights()
{
    QFETCH(uint, around);
    QFETCH(uint, folder);
    QFETCH(uint, socket);
    QFETCH(uint, owner);
    QVERIFY(QDir().mkpath(m_folder));
    QCOMPARE(::chmod(QFile::encodeName(m_folder).constData(), around), 0);
    ServerThread servers(m_folder);
    QCOMPARE(servers.add(u"one"_s), QString());
    const ReportFolder reports(m_folder);
    QCOMPARE(modeOf(reports.path()), folder);
    QCOMPARE(modeOf(reports.socketFile(u"one"_s)), socket);
    QCOMPARE(modeOf(reports.ownerFile(u"one"_s)), owner);
}

void tst_ReportServer::folderOfSomebodyElse()
{
    QVERIFY(QDir().mkpath(m_folder));
    QVERIFY(QFile::link(m_dir->path(), m_folder + u"/reports"_s));
    ServerThread servers(m_folder);
    const QString error = servers.add(u"one"_s);
    QVERIFY2(error.contains(m_folder + u"/reports"_s) && error.contains(u"link"_s),
             qPrintable(error));
    QVERIFY(QFile::remove(m_folder + u"/reports"_s));
    QFile file(m_folder + u"/reports"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(!servers.add(u"one"_s).isEmpty());
}

void tst_ReportServer::longFolderName()
{
    m_folder += u'/' + QString(200, u'x');
    ServerThread servers(m_folder);
    QCOMPARE(servers.add(u"one"_s), QString());
    QVERIFY(QFileInfo::exists(socketOf(u"one"_s)));
    QCOMPARE(onlyAnswer(m_folder, 5s).kind, ReportAnswer::Kind::Report);
    servers.removeAll();
    QVERIFY(!QFileInfo::exists(socketOf(u"one"_s)));
}

void tst_ReportServer::leavesNothing()
{
    ServerThread servers(m_folder);
    QCOMPARE(servers.add(u"one"_s), QString());
    HandReader reader(socketOf(u"one"_s), "repo");
    QVERIFY(reader.socket().waitForConnected());
    servers.removeAll();
    QVERIFY(reader.isHungUpOn());
    QCOMPARE(QDir(m_folder + u"/reports"_s)
                     .entryList(QDir::AllEntries | QDir::System | QDir::Hidden
                                | QDir::NoDotAndDotDot),
             QStringList());
}

QTEST_GUILESS_MAIN(tst_ReportServer)
#include "tst_reportserver.moc"
