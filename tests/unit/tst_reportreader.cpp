// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "reportservertest.h"

/// Reading the reports of all processes of a folder.
class tst_ReportReader : public ReportServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void emptyFolder();
    void whatOtherSocketsSay_data();
    void whatOtherSocketsSay();
    void filesOfOthersBesideTheSocket_data();
    void filesOfOthersBesideTheSocket();
    void noRights();
    void endedProcessIsTidiedUp();
    void twoHundredAtOnce();
};

void tst_ReportReader::emptyFolder()
{
    ReportReader reader(m_folder);
    QString error;
    QVERIFY(collectNow(reader, &error).isEmpty());
    QCOMPARE(error, QString());
    QVERIFY2(!QFileInfo::exists(m_folder), "who reads makes nothing");
}

void tst_ReportReader::whatOtherSocketsSay_data()
{
    using Kind = ReportAnswer::Kind;
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("hangsUp");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("nothing") << QByteArray() << false << Kind::Silent;
    QTest::newRow("half") << reportOf(u"one"_s).toLine().left(50) << false << Kind::Silent;
    QTest::newRow("hangs up") << QByteArray() << true << Kind::Silent;
    QTest::newRow("hangs up half-way")
            << reportOf(u"one"_s).toLine().left(50) << true << Kind::Garbage;
    QTest::newRow("no JSON") << QByteArray("220 mail ESMTP\r\n") << false << Kind::Garbage;
    QTest::newRow("other JSON") << QByteArray("{\"jsonrpc\":\"2.0\"}\n") << false << Kind::Foreign;
    QTest::newRow("somebody else's") << reportOf(u"two"_s).toLine() << false << Kind::Foreign;
    QTest::newRow("declines") << QByteArray("{\"format\":1,\"error\":\"not now\"}\n") << true
                              << Kind::Declined;
    QTest::newRow("endless") << QByteArray(5 * 1024 * 1024, 'x') << false << Kind::Garbage;
}

void tst_ReportReader::whatOtherSocketsSay()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, hangsUp);
    QFETCH(ReportAnswer::Kind, kind);
    ServerThread servers(m_folder);
    QCOMPARE(servers.add(u"two"_s), QString());
    QLocalServer other;
    connect(&other, &QLocalServer::newConnection, &other, [&] {
        QLocalSocket *const socket = other.nextPendingConnection();
        socket->write(answer);
        if (hangsUp)
            connect(socket, &QLocalSocket::readyRead, socket, &QLocalSocket::disconnectFromServer);
    });
    QVERIFY(other.listen(socketOf(u"one"_s)));
    ReportReader reader(m_folder, kind == ReportAnswer::Kind::Silent ? 500ms : 10s);
    QString error;
    QElapsedTimer timer;
    timer.start();
    const QList<ReportAnswer> answers = collectNow(reader, &error);
    QVERIFY2(timer.elapsed() < 1000 * Slowness || kind != ReportAnswer::Kind::Silent,
             qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(error, QString());
    QCOMPARE(answers.size(), 2);
    QCOMPARE(answers.at(0).kind, kind);
    QCOMPARE(answers.at(0).process.id, u"one"_s);
    QVERIFY(!answers.at(0).text.isEmpty());
    QCOMPARE(answers.at(1).kind, ReportAnswer::Kind::Report);
}

void tst_ReportReader::filesOfOthersBesideTheSocket_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("application");
    QTest::newRow("file") << u"file"_s << u"shop \u00e9"_s;
    QTest::newRow("pipe") << u"pipe"_s << QString();
    QTest::newRow("link") << u"link"_s << QString();
    QTest::newRow("folder") << u"folder"_s << QString();
    QTest::newRow("large") << u"large"_s << QString();
    QTest::newRow("control characters") << u"escape"_s << u"shop [2J"_s;
}

void tst_ReportReader::filesOfOthersBesideTheSocket()
{
    QFETCH(QString, kind);
    QFETCH(QString, application);
    const ReportFolder reports(m_folder);
    QVERIFY(QDir().mkpath(reports.path()));
    const QString path = reports.ownerFile(u"one"_s);
    const QByteArray name = QFile::encodeName(path);
    if (kind == u"pipe"_s) {
        QCOMPARE(::mkfifo(name.constData(), 0600), 0);
    } else if (kind == u"folder"_s) {
        QVERIFY(QDir().mkpath(path));
    } else {
        QFile file(kind == u"link"_s ? m_folder + u"/elsewhere"_s : path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(kind == u"escape"_s ? R"({"application":"shop\u001b[2J"})"
                                       : R"({"application":"shop \u00e9"})");
        file.write(QByteArray(kind == u"large"_s ? 100'000 : 0, ' '));
        file.close();
        if (kind == u"link"_s)
            QVERIFY(QFile::link(file.fileName(), path));
    }
    const ProcessIdentity owner = reports.owner(u"one"_s); // must not wait for a writer
    QCOMPARE(owner.application, application);
    QCOMPARE(owner.id, u"one"_s);
}

void tst_ReportReader::noRights()
{
    ServerThread servers(m_folder);
    QCOMPARE(servers.add(u"one"_s), QString());
    QCOMPARE(::chmod(QFile::encodeName(m_dir->path()).constData(), 0755), 0);
    QCOMPARE(::chmod(QFile::encodeName(m_folder).constData(), 0755), 0);
    QCOMPARE(::chmod(QFile::encodeName(ReportFolder(m_folder).path()).constData(), 0755), 0);
    QCOMPARE(::chmod(QFile::encodeName(socketOf(u"one"_s)).constData(), 0), 0);
    const bool isRoot = ::geteuid() == 0;
    const auto restore = qScopeGuard([isRoot] {
        if (isRoot) [[maybe_unused]]
            const int done = ::seteuid(0);
    });
    QVERIFY(!isRoot || ::seteuid(65534) == 0);
    const ReportAnswer answer = onlyAnswer(m_folder, 5s);
    QCOMPARE(answer.kind, ReportAnswer::Kind::NoRights);
    QVERIFY2(answer.text.contains(socketOf(u"one"_s)), qPrintable(answer.text));

    QVERIFY(!isRoot || ::seteuid(0) == 0);
    QCOMPARE(::chmod(QFile::encodeName(ReportFolder(m_folder).path()).constData(), 0), 0);
    QVERIFY(!isRoot || ::seteuid(65534) == 0);
    ReportReader reader(m_folder);
    QString error;
    QVERIFY(collectNow(reader, &error).isEmpty());
    QVERIFY2(error.contains(ReportFolder(m_folder).path()), qPrintable(error));
    QVERIFY(!isRoot || ::seteuid(0) == 0);
    QCOMPARE(::chmod(QFile::encodeName(ReportFolder(m_folder).path()).constData(), 0700), 0);
}

void tst_ReportReader::endedProcessIsTidiedUp()
{
    const ReportFolder folder(m_folder);
    const Expected<void> prepared = folder.prepare();
    QVERIFY2(prepared, qPrintable(prepared.error()));
    QProcess process;
    process.start(u"sleep"_s, {u"60"_s});
    QVERIFY(process.waitForStarted());
    ProcessIdentity owner = identity(u"one"_s);
    owner.pid = process.processId();
    QVERIFY(folder.writeOwner(owner));
    QVERIFY(leaveSocket(folder.socketFile(u"one"_s)));

    ReportAnswer answer = onlyAnswer(m_folder, 5s);
    QCOMPARE(answer.kind, ReportAnswer::Kind::Refused);
    QVERIFY2(answer.process == owner, "who does not answer is named");
    QVERIFY2(QFileInfo::exists(folder.socketFile(u"one"_s)), "its process lives");

    process.kill();
    QVERIFY(process.waitForFinished());
    owner.host = u"another"_s;
    QVERIFY(folder.writeOwner(owner));
    QCOMPARE(onlyAnswer(m_folder, 5s).kind, ReportAnswer::Kind::Refused);
    owner.host = QSysInfo::machineHostName();
    QVERIFY(folder.writeOwner(owner));
    QCOMPARE(onlyAnswer(m_folder, 5s).kind, ReportAnswer::Kind::Ended);
    QVERIFY(!QFileInfo::exists(folder.socketFile(u"one"_s)));
    QVERIFY(!QFileInfo::exists(folder.ownerFile(u"one"_s)));
}

void tst_ReportReader::twoHundredAtOnce()
{
    ServerThread servers(m_folder);
    for (int i = 0; i < 200; ++i)
        QCOMPARE(servers.add(u"process%1"_s.arg(i), 10), QString());
    ReportReader reader(m_folder, 10s);
    qint64 took = 0;
    // The best of some: other programs run here, too.
    for (int i = 0; i < 5 && (i == 0 || took >= 1000); ++i) {
        QString error;
        QElapsedTimer timer;
        timer.start();
        const QList<ReportAnswer> answers = collectNow(reader, &error);
        took = timer.elapsed();
        QCOMPARE(answers.size(), 200);
        for (const ReportAnswer &answer : answers)
            QCOMPARE(answer.kind, ReportAnswer::Kind::Report);
    }
    qInfo("200 reports came within %lld ms", took);
    QVERIFY2(took < 1000 * Slowness, qPrintable(QString::number(took)));
}

QTEST_GUILESS_MAIN(tst_ReportReader)
#include "tst_reportreader.moc"
