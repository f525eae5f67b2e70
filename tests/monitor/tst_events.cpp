// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fakeclock.h"
#include "madeupcluster.h"

#include "cluster/clusterhistory.h"
#include "cluster/eventthrottle.h"
#include "cluster/forgottendrain.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace qproxysql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// Successive polls, and the notices that come of them: "Down 0", with the number of suppressed ones.
class Desk
{
public:
    void poll(const QList<PeerView> &peers)
    {
        ClusterView view = madeup::view(peers);
        m_history.note(&view);
        const QList<ClusterEvent> events = ClusterEvents::between(m_view, view);
        for (const EventThrottle::Notice &notice : m_throttle.take(events, view))
            m_notices.append(enumName(notice.event.kind) + u' '
                             + QString::number(notice.suppressed));
        m_view = view;
        m_clock.advance(1s);
    }
    void pollFor(std::chrono::seconds time, const QList<PeerView> &peers)
    {
        for (auto i = 0s; i < time; ++i)
            poll(peers);
    }
    QStringList notices() { return std::exchange(m_notices, {}); }

private:
    FakeClock m_clock;
    ClusterHistory m_history{m_clock};
    EventThrottle m_throttle{m_clock};
    ClusterView m_view;
    QStringList m_notices;
};

} // namespace

/// Which events there are, and which of them an operator is told of.
class tst_Events : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void downAndUpAgain()
    {
        Desk desk;
        desk.poll({madeup::peer(u"db1"_s, u"Unknown"_s)});
        desk.poll({madeup::peer(u"db1"_s)});
        QCOMPARE(desk.notices(), QStringList()); // seen for the first time is no "again"
        desk.poll({madeup::peer(u"db1"_s, u"Down"_s)});
        desk.poll({madeup::peer(u"db1"_s, u"Overloaded"_s)}); // still out of use
        QCOMPARE(desk.notices(), QStringList{u"Down 0"_s});
        desk.poll({madeup::peer(u"db1"_s, u"Unknown"_s)}); // whoever believed it has gone
        desk.poll({madeup::peer(u"db1"_s)});
        QCOMPARE(desk.notices(), QStringList{u"UpAgain 0"_s});
    }

    // The words are those of the list and the window.
    void healthInWords()
    {
        const auto text = [](const QString &before, const QString &after) {
            return ClusterEvents::between(madeup::view({madeup::peer(u"db1"_s, before)}),
                                          madeup::view({madeup::peer(u"db1"_s, after)}))
                    .value(0)
                    .text;
        };
        QVERIFY(text(u"Up"_s, u"NotReady"_s).startsWith("Not ready, was Up"_L1));
        QVERIFY(text(u"Up"_s, u"Suspect"_s).startsWith("Checking, was Up"_L1));
    }

    void flappingPeerIsToldOnceAMinute()
    {
        Desk desk;
        desk.poll({madeup::peer(u"db1"_s)});
        for (int i = 0; i < 300; ++i) // five minutes
            desk.poll({madeup::peer(u"db1"_s, i % 2 == 0 ? u"Down"_s : u"Up"_s)});
        QStringList notices = desk.notices();
        QVERIFY2(notices.count(u"Down 0"_s) == 1 && notices.count(u"UpAgain 0"_s) == 1,
                 qPrintable(notices.join(", "_L1)));
        QCOMPARE(notices.filter(u"Down"_s).size(), 5);
        QCOMPARE(notices.filter(u"UpAgain"_s).size(), 5);
        QCOMPARE(notices.filter(u"Down 29"_s).size(), 4); // none is lost
        // Each peer has its own minute.
        desk.poll({madeup::peer(u"db1"_s), madeup::peer(u"db2"_s)});
        desk.poll({madeup::peer(u"db1"_s), madeup::peer(u"db2"_s, u"Down"_s)});
        QVERIFY(desk.notices().contains(u"Down 0"_s));
    }

    // What was suppressed is told later if it still holds.
    void lastWordIsTrue()
    {
        const QList<PeerView> up{madeup::peer(u"db1"_s)};
        const QList<PeerView> down{madeup::peer(u"db1"_s, u"Down"_s)};
        Desk desk;
        desk.poll(up);
        desk.poll(down);
        desk.poll(up);
        desk.poll(down);
        QCOMPARE(desk.notices(), (QStringList{u"Down 0"_s, u"UpAgain 0"_s}));
        desk.pollFor(50s, down);
        QCOMPARE(desk.notices(), QStringList());
        desk.pollFor(10s, down);
        QCOMPARE(desk.notices(), QStringList{u"Down 0"_s});
        // But not what does not hold any more.
        desk.poll(up);
        desk.poll(down);
        desk.poll(up);
        desk.notices();
        desk.pollFor(120s, up);
        QCOMPARE(desk.notices(), QStringList());
    }

    // Nor may an old "safe to stop" come late.
    void safeToStopOnlyWhileItIs()
    {
        using State = DrainState;
        Desk desk;
        desk.poll({madeup::draining(u"db1"_s, State::Empty)});
        desk.poll({madeup::draining(u"db1"_s, State::SafeToStop)});
        QCOMPARE(desk.notices(), QStringList{u"SafeToStop 0"_s});
        desk.poll({madeup::draining(u"db1"_s, State::Stalled, 1, 1)});
        desk.poll({madeup::draining(u"db1"_s, State::SafeToStop)});
        QCOMPARE(desk.notices(), QStringList{u"Stalled 0"_s});
        desk.pollFor(120s, {madeup::draining(u"db1"_s, State::Stalled, 1, 1)});
        QVERIFY(!desk.notices().join(u' ').contains("SafeToStop"_L1));
    }

    void forgottenDrain()
    {
        PeerView peer = madeup::draining(u"db1"_s, DrainState::SafeToStop);
        ClusterView view = madeup::view({peer, madeup::peer(u"db2"_s)});
        const QDateTime at = view.time;
        const auto ageOf = [&view, at](std::chrono::seconds age) {
            view.pools[0].peers[0].entry->at = at;
            view.time = at.addSecs(age.count());
            const ClusterView before = view;
            ForgottenDrain::mark(&view, ForgottenDrain::DefaultAfter);
            return before;
        };
        ageOf(4h);
        QVERIFY(!view.pools.at(0).peers.at(0).isForgotten);
        const ClusterView before = ageOf(4h + 1min);
        const PeerView &marked = view.pools.at(0).peers.at(0);
        QVERIFY(marked.isForgotten);
        QCOMPARE(marked.drainAge, std::optional(14460.0));
        QCOMPARE(ForgottenDrain::text(marked), u"forgotten? drained for 4 h 1 min"_s);
        QVERIFY(!view.pools.at(0).peers.at(1).isForgotten);
        const QList<ClusterEvent> events = ClusterEvents::between(before, view);
        QCOMPARE(events.size(), 1);
        QCOMPARE(events.constFirst().kind, ClusterEvent::Kind::Forgotten);
        ageOf(-10min); // a clock that was ahead
        QCOMPARE(view.pools.at(0).peers.at(0).drainAge, std::optional(0.0));
        view.pools[0].peers[0].entry->at = {};
        ForgottenDrain::mark(&view, 1s);
        QVERIFY(!view.pools.at(0).peers.at(0).isForgotten);
    }

    void severalProcessesAppendToOneLog()
    {
        QTemporaryDir folder;
        constexpr int Processes = 6;
        constexpr int Lines = 1500;
        constexpr qint64 Most = 2000; // put aside a hundred times
        const JsonLines log(folder.path(), u"log.jsonl"_s, Most, SharedFolder::Sync::Later);
        for (int i = 0; i < Processes; ++i) {
            const pid_t child = ::fork();
            if (child == 0) {
                bool isGood = true;
                for (int line = 0; line < Lines; ++line)
                    isGood = !log.append({{{u"who"_s, i}, {u"line"_s, line}}}) && isGood;
                ::_exit(isGood ? 0 : 1);
            }
            QVERIFY(child > 0);
        }
        const QString old = log.path() + SharedFolder::oldSuffix();
        qint64 smallestOld = Most;
        for (int ended = 0; ended < Processes;) {
            int status = 0;
            const pid_t child = ::waitpid(-1, &status, WNOHANG);
            QVERIFY(child >= 0);
            QCOMPARE(status, 0);
            ended += child > 0 ? 1 : 0;
            if (const QFileInfo file(old); file.exists())
                smallestOld = std::min(smallestOld, file.size());
        }
        QCOMPARE(smallestOld, Most); // two writers did not both put it aside
        const JsonLines::Reading reading = log.read();
        QCOMPARE(reading.damaged, 0);
        QHash<int, int> last;
        for (const QJsonObject &object : reading.objects) {
            const int who = object.value(u"who"_s).toInt();
            const int line = object.value(u"line"_s).toInt();
            QVERIFY(line > last.value(who, -1)); // in order, each once
            last[who] = line;
        }
        QVERIFY(!reading.objects.isEmpty());
        const qint64 bytes = QFileInfo(log.path()).size() + QFileInfo(old).size();
        QVERIFY2(bytes <= 2 * Most + 1000, qPrintable(QString::number(bytes)));
    }

    void halfWrittenLineIsSkipped()
    {
        QTemporaryDir folder;
        QVERIFY(::chmod(QFile::encodeName(folder.path()).constData(), 0770) == 0);
        const DrainLog log(folder.path());
        DrainRequest request;
        request.peer = u"db1:3306"_s;
        request.service = Service::Draining;
        request.generation = 7;
        request.requestedBy = u"alice"_s;
        request.reason = u"a\x1b[31mtrick\n"_s;
        request.at = QDateTime::currentDateTimeUtc();
        QVERIFY(!log.append(request, {}));
        struct stat status;
        QCOMPARE(::stat(QFile::encodeName(log.path()).constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777, mode_t(0660)); // as the folder's other files
        QFile file(log.path());
        QVERIFY(file.open(QIODevice::Append));
        file.write("{\"peer\":\"db2:33"); // the power was cut
        file.close();
        request.generation = 8;
        request.isForced = true;
        request.rest = {{u"ofLaterVersion"_s, true}};
        QVERIFY(!log.append(request, u"ops"_s));
        const DrainLog::Reading reading = log.read();
        QCOMPARE(reading.damaged, 1);
        QCOMPARE(reading.entries.size(), 2);
        QCOMPARE(reading.entries.at(0).reason, u"a [31mtrick "_s);
        QVERIFY(reading.entries.at(1).isForced);

        // Events: what the log says of it, and what only the directory has.
        ClusterView view;
        request.generation = 9;
        view.entries = {request};
        const QList<ClusterEvent> events = ClusterEvents::recorded(reading, view);
        QCOMPARE(events.size(), 4);
        QCOMPARE(events.at(0).kind, ClusterEvent::Kind::Trouble);
        QVERIFY2(events.at(0).text.startsWith("1 line(s)"_L1), qPrintable(events.at(0).text));
        QCOMPARE(events.at(3).generation, 9u);
        view.entries[0].generation = 8;
        QCOMPARE(ClusterEvents::recorded(reading, view).size(), 3);
        QCOMPARE(ClusterEvent::fromJson(events.at(2).toJson()).toJson(), events.at(2).toJson());
    }

    // A program was killed between the directory and the log, or somebody edited the file.
    void whatTheLogLacksIsAddedLater()
    {
        QTemporaryDir folder;
        const DrainFile file(folder.path());
        DrainRequest request;
        request.peer = u"db1:3306"_s;
        request.service = Service::Draining;
        request.requestedBy = u"alice"_s;
        QVERIFY(file.write(request).change.isNew); // and is killed
        request.service = Service::InService;
        const DrainLog log(folder.path());
        for (const QString &who : {u"bob"_s, u"carol"_s}) {
            request.requestedBy = who;
            const DrainFile::Outcome outcome = file.write(request);
            QVERIFY(outcome.change.isNew);
            QVERIFY(!log.append(outcome.change, {}));
            request.service = Service::Draining;
        }
        QStringList who;
        for (const DrainRequest &entry : log.read().entries)
            who.append(entry.requestedBy);
        QCOMPARE(who, (QStringList{u"alice"_s, u"bob"_s, u"carol"_s}));
    }

    // Neither a drain log nor anything else is written through somebody's link.
    void logIsNoLink()
    {
        QTemporaryDir folder;
        const QString other = folder.filePath(u"other"_s);
        QVERIFY(QFile(other).open(QIODevice::WriteOnly));
        const DrainLog log(folder.path());
        QVERIFY(QFile::link(other, log.path()));
        QVERIFY(log.append({.peer = u"db1"_s, .generation = 1}, {}));
        QCOMPARE(QFileInfo(other).size(), 0);
    }

    void stoppedOnPurposeIsNoFailure()
    {
        Desk desk;
        PeerView peer = madeup::draining(u"db1"_s, DrainState::SafeToStop);
        desk.poll({peer});
        peer.health = Health::Down;
        desk.pollFor(3s, {peer});
        QCOMPARE(desk.notices(), QStringList());
        desk.poll({madeup::peer(u"db1"_s, u"Down"_s)}); // resumed, and not there
        QCOMPARE(desk.notices(), QStringList{u"Down 0"_s});
    }

    // A peer of several pools, or one that several sources watch, is told of once.
    void severalPoolsAndSources()
    {
        FakeClock clock;
        EventThrottle throttle(clock);
        ClusterView view = madeup::view({madeup::peer(u"db1"_s, u"Down"_s)});
        view.pools.append(madeup::view({madeup::peer(u"db1"_s, u"Down"_s)}, u"stock"_s).pools);
        ClusterView before = madeup::view({madeup::peer(u"db1"_s)});
        before.pools.append(madeup::view({madeup::peer(u"db1"_s)}, u"stock"_s).pools);
        const QList<ClusterEvent> events = ClusterEvents::between(before, view);
        QCOMPARE(events.size(), 2);
        const QList<EventThrottle::Notice> notices = throttle.take(events, view);
        QCOMPARE(notices.size(), 1);
        QCOMPARE(notices.constFirst().suppressed, 0);
        QCOMPARE(throttle.take(events, view).size(), 0);
        clock.advance(EventThrottle::Interval);
        QCOMPARE(throttle.take({}, view).size(), 0); // it was told already that it is down
    }
};

QTEST_GUILESS_MAIN(tst_Events)
#include "tst_events.moc"
