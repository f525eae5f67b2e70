// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"
#include "fakeclock.h"
#include "madeupcluster.h"

#include "cluster/peerrecorder.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <csignal>
#include <cstdio>
#include <sys/stat.h>

using namespace qproxysql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Begin = 1'800'000'000'000;
constexpr int Peers = 200;
#ifdef QPROXYSQL_FULL_TESTS
constexpr auto DayInterval = 10s;
#else
constexpr auto DayInterval = 120s; // a gap each time; the file is as large
#endif

/// What a window does, in this process.
struct Recording
{
    explicit Recording(const QString &folder) { recorder.setFolder(folder); }

    /// Polls from the last time on.
    void poll(int polls, const QStringList &names, int sessions,
              std::chrono::milliseconds interval = 1s)
    {
        ClusterView view = madeup::view({});
        for (const QString &name : names)
            view.pools[0].peers.append(madeup::reported(name, sessions));
        for (int i = 0; i < polls; ++i) {
            now += interval.count();
            clock.advance(interval);
            recorder.note(view.pools.constFirst(), now, PeerRecorder::Keep::OnDisk);
        }
    }
    bool save()
    {
        QSignalSpy saved(&recorder, &PeerRecorder::saved);
        recorder.save();
        return saved.count() > 0 || saved.wait(30'000);
    }
    /// Waits until the stored past was read, and writes.
    bool saveTwice() { return save() && save(); }
    int observed(const QString &name, HistorySpan::Kind span) const
    {
        const HistoryRing *const ring = recorder.find(u"orders"_s, name + ":3306"_L1);
        return ring ? int(
                       std::ranges::count_if(ring->records(span, now), &HistoryRecord::isObserved))
                    : -1;
    }

    FakeClock clock;
    qint64 now = Begin;
    PeerRecorder recorder{clock};
};

QStringList filesIn(const QString &folder, const QString &pattern = u"*.history"_s)
{
    QStringList paths;
    for (const QFileInfo &file : QDir(folder).entryInfoList({pattern}, QDir::Files))
        paths.append(file.absoluteFilePath());
    return paths;
}

QList<HistoryFile::Content> contentOf(const QString &folder)
{
    QStringList problems;
    const QList<HistoryFile::Content> all = HistoryFolder(folder).readAll(&problems);
    if (!problems.isEmpty())
        qWarning("%s", qPrintable(problems.join(u'\n')));
    return problems.isEmpty() ? all : QList<HistoryFile::Content>();
}

/// Until \a now.
quint32 newestStep(const HistoryRing &ring, qint64 now)
{
    quint32 newest = 0;
    for (const HistoryRecord &record : ring.records(HistorySpan::FiveMinutes, now)) {
        if (record.isObserved())
            newest = std::max(newest, record.step);
    }
    return newest;
}

/// Another window: writes without a pause until it is killed.
int runWriter(const QString &folder)
{
    Recording window(folder);
    for (int i = 0;; ++i) {
        window.poll(10, {u"db1"_s, u"db2"_s}, 7);
        if (!window.save())
            return 1;
        if (i == 3) {
            std::puts("writes");
            std::fflush(stdout);
        }
    }
}

} // namespace

/// The histories of all peers on disk.
class tst_HistoryFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void survivesTheWindow();
    void twoWindows();
    void foreignFiles_data();
    void foreignFiles();
    void killedWhileItWrites();
    void folderThatCannotBeWritten();
    void oldFilesGo();
    void readByCtl();
    void twoHundredPeersForADay();

private:
    QTemporaryDir m_place;
    QString m_folder;
    int m_count = 0;
};

void tst_HistoryFolder::init()
{
    m_folder = m_place.filePath(u"%1/history"_s.arg(++m_count));
}

void tst_HistoryFolder::survivesTheWindow()
{
    {
        Recording window(m_folder);
        window.poll(100, {u"db1"_s}, 7);
        QVERIFY(window.saveTwice());
        window.poll(20, {u"db1"_s}, 7); // written at the end
    }
    QVERIFY((QFileInfo(m_folder).permissions() & (QFile::ReadGroup | QFile::ReadOther)) == 0);
    Recording next(m_folder);
    next.now = Begin + 150'000;
    next.poll(1, {u"db1"_s}, 9);
    QTRY_VERIFY(next.save() && next.observed(u"db1"_s, HistorySpan::FiveMinutes) == 121);
    QCOMPARE(contentOf(m_folder).size(), 1);
    QCOMPARE(contentOf(m_folder).constFirst().peer.name, u"db1:3306"_s);
}

void tst_HistoryFolder::twoWindows()
{
    auto first = std::make_unique<Recording>(m_folder);
    first->poll(50, {u"db1"_s}, 7);
    QVERIFY(first->saveTwice());
    Recording second(m_folder);
    second.now = first->now;
    second.poll(1, {u"db1"_s}, 7);
    QVERIFY(second.save());
    QCOMPARE(second.observed(u"db1"_s, HistorySpan::FiveMinutes), 51); // it reads
    first->poll(60, {u"db1"_s}, 7);
    second.poll(30, {u"db1"_s}, 7); // and was paused for a while
    second.now = first->now;
    const QByteArray written = [&] {
        QFile file(filesIn(m_folder).constFirst());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }();
    QVERIFY(second.saveTwice());
    QFile file(filesIn(m_folder).constFirst());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), written); // it does not write
    QVERIFY(first->save());
    first.reset();
    // Becomes the writer, with what the first one has seen.
    QTRY_VERIFY(second.save() && second.observed(u"db1"_s, HistorySpan::FiveMinutes) == 110);
    second.poll(1, {u"db1"_s}, 7);
    QVERIFY(second.save());
    const HistoryRing ring = contentOf(m_folder).constFirst().ring;
    QCOMPARE(newestStep(ring, second.now), quint32(second.now / 1000));
}

void tst_HistoryFolder::foreignFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    const QByteArray header(HistoryFile::HeaderBytes, 'x');
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("short") << header;
    QTest::newRow("foreign") << header + QByteArray(HistoryRing::Bytes, 'y');
    QTest::newRow("long") << header + QByteArray(HistoryRing::Bytes + 1, '\0');
}

void tst_HistoryFolder::foreignFiles()
{
    QFETCH(QByteArray, content);
    {
        Recording window(m_folder);
        window.poll(10, {u"db1"_s}, 7);
        QVERIFY(window.saveTwice());
    }
    const QString path = filesIn(m_folder).constFirst();
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(content);
    file.close();
    Recording window(m_folder);
    QSignalSpy failed(&window.recorder, &PeerRecorder::failed);
    window.now = Begin + 20'000;
    window.poll(10, {u"db1"_s}, 7);
    QVERIFY(window.saveTwice());
    QCOMPARE(failed.count(), 1);
    QVERIFY(failed.at(0).at(0).toString().contains(u"db1:3306"_s));
    QFile aside(path + ".damaged"_L1);
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), content);
    QCOMPARE(contentOf(m_folder).size(), 1);
}

void tst_HistoryFolder::killedWhileItWrites()
{
    for (int i = 0; i < 5; ++i) {
        QProcess writer;
        writer.start(QCoreApplication::applicationFilePath(), {u"--writer"_s, m_folder});
        QVERIFY(writer.waitForReadyRead(30'000));
        QTest::qWait(3 + 7 * i); // another moment each time
        ::kill(pid_t(writer.processId()), SIGKILL);
        QVERIFY(writer.waitForFinished());
        const QList<HistoryFile::Content> all = contentOf(m_folder);
        QCOMPARE(all.size(), 2);
        for (const HistoryFile::Content &content : all) {
            int seen = 0;
            // It records a day in a few seconds.
            for (const HistoryRecord &record :
                 content.ring.records(HistorySpan::Day, Begin + 12 * 3'600'000)) {
                seen += record.isObserved() ? 1 : 0;
                if (record.isObserved())
                    QCOMPARE(record.sessions(), std::optional(7.0));
            }
            QVERIFY(seen > 0);
        }
    }
}

void tst_HistoryFolder::folderThatCannotBeWritten()
{
    QFile file(m_place.filePath(u"file"_s)); // also where root may write everywhere
    QVERIFY(file.open(QIODevice::WriteOnly));
    Recording window(file.fileName());
    QSignalSpy failed(&window.recorder, &PeerRecorder::failed);
    window.poll(10, {u"db1"_s}, 7);
    QVERIFY(window.saveTwice());
    QCOMPARE(failed.count(), 1); // once
    QCOMPARE(window.observed(u"db1"_s, HistorySpan::FiveMinutes), 10);
}

void tst_HistoryFolder::oldFilesGo()
{
    {
        Recording window(m_folder);
        window.poll(10, {u"db1"_s, u"db2"_s}, 7);
        QVERIFY(window.saveTwice());
    }
    QFile old(filesIn(m_folder).constFirst());
    QVERIFY(old.open(QIODevice::ReadWrite));
    QVERIFY(old.setFileTime(QDateTime::currentDateTime().addDays(-HistoryFolder::MostDays - 1),
                            QFileDevice::FileModificationTime));
    old.close();
    Recording window(m_folder);
    window.poll(1, {}, 7);
    QTRY_VERIFY(window.save() && filesIn(m_folder).size() == 1);
}

void tst_HistoryFolder::readByCtl()
{
    m_folder = m_place.filePath(u"state/qproxysql/history"_s);
    {
        Recording window(m_folder);
        window.now = QDateTime::currentMSecsSinceEpoch() - 3600'000;
        window.poll(300, {u"db1"_s, u"db2"_s}, 7, 10s); // ten minutes ago it was closed
        QVERIFY(window.saveTwice());
    }
    const QStringList place{u"XDG_STATE_HOME="_s + m_place.filePath(u"state"_s)};
    CtlRun table({u"history"_s, u"DB1"_s}, place);
    COMPARE_EXIT(table, 0);
    const QStringList lines = table.out().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 6);
    QVERIFY(lines.at(0).startsWith(u"db1:3306, pool orders: the last 1h until "_s));
    const QString sessions = lines.at(1).section(u'|', 1, 1);
    QCOMPARE(sessions.size(), 60);
    QVERIFY(sessions.count(QChar(0x2588)) >= 49);
    QVERIFY(sessions.endsWith(u"        "_s)); // a gap is a gap
    QVERIFY2(lines.at(1).endsWith(u"last 7, mean 7, most 7"_s), qPrintable(lines.at(1)));
    QVERIFY2(lines.at(5).endsWith(u"in all -"_s), qPrintable(lines.at(5))); // not known
    CtlRun json({u"history"_s, u"db1:3306"_s, u"--json"_s, u"--span"_s, u"24h"_s}, place);
    COMPARE_EXIT(json, 0);
    const QJsonArray all = QJsonDocument::fromJson(json.out().toUtf8()).array();
    QCOMPARE(all.size(), 1);
    QCOMPARE(all.at(0)[u"stepSeconds"_s].toInt(), 60);
    const QJsonArray steps = all.at(0)[u"steps"_s].toArray();
    QVERIFY(steps.size() >= 50 && steps.size() <= 51);
    QCOMPARE(steps.at(1)[u"sessions"_s].toDouble(), 7);
    QVERIFY(steps.at(1)[u"connectMs"_s].isUndefined());
    CtlRun other({u"history"_s, u"db3"_s}, place);
    COMPARE_EXIT(other, 6);
    QVERIFY2(other.error().contains(u"db1:3306, db2:3306"_s), other.all().constData());
}

void tst_HistoryFolder::twoHundredPeersForADay()
{
    QStringList names;
    for (int i = 0; i < Peers; ++i)
        names.append(u"db%1"_s.arg(i));
    QElapsedTimer timer;
    timer.start();
    {
        Recording window(m_folder);
        window.poll(int(24h / DayInterval), names, 7, DayInterval);
        QVERIFY(window.saveTwice());
    }
    qint64 bytes = 0;
    for (const QString &path : filesIn(m_folder)) {
        struct stat status;
        QCOMPARE(::stat(QFile::encodeName(path).constData(), &status), 0);
        bytes += qint64(status.st_blocks) * 512;
        QCOMPARE(status.st_size, off_t(HistoryFile::Bytes)); // fixed: it does not grow with time
    }
    qInfo("%d peers: %.1f MiB on disk, %lld ms", Peers, double(bytes) / 1024 / 1024,
          timer.elapsed());
    QVERIFY(bytes > 0 && bytes < 20 * 1024 * 1024);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == u"--writer"_s)
        return runWriter(application.arguments().value(2));
    tst_HistoryFolder test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_historyfolder.moc"
