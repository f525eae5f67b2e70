// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/ctltexts.h"
#include "cluster/eventthrottle.h"
#include "ctl/eventcommands.h"
#include "ctl/interruption.h"
#include "ctl/session.h"
#include "ctl/terminal.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonDocument>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// A frozen server shows after the time-out of the next probe (Controller::Patience::Short), together
/// in less than three seconds.
constexpr qint64 LookInterval = 300;
constexpr qint64 LongLookInterval = 1000;
constexpr size_t FewPeers = 16;

QString lineOf(const EventThrottle::Notice &notice)
{
    const QString line = notice.event.toLine();
    return notice.suppressed == 0 ? line
                                  : line
                                            + CtlTexts::tr(" (%n like it since the last one)",
                                                           nullptr, notice.suppressed);
}

} // namespace

int runWatch(Session &session)
{
    const ExitCode begun = session.begin();
    if (begun != Ok)
        return begun;
    for (const QString &problem : session.view().problems)
        Terminal::error(problem);
    const double timeout = session.line()
                                   .seconds(u"timeout"_s)
                                   .value_or(double(EventCommands::DefaultTimeout.count()));
    EventCommands commands(session.line().value(u"on-event"_s),
                           std::chrono::milliseconds(qint64(timeout * 1000)), &Terminal::error);
    const Interruption interruption(CtlTexts::tr("\nNobody watches any more."));
    EventThrottle throttle;
    const auto tell = [&](const QList<ClusterEvent> &events) {
        for (const EventThrottle::Notice &notice : throttle.take(events, session.view())) {
            Terminal::note(lineOf(notice));
            commands.run(QJsonDocument(notice.toJson()).toJson(QJsonDocument::Compact) + '\n');
        }
    };
    QList<ClusterEvent> present = ClusterEvents::atStart(session.view());
    present.removeIf([](const ClusterEvent &event) { return event.generation > 0; });
    tell(present);
    for (;;) {
        QElapsedTimer poll;
        poll.start();
        const ClusterView before = session.view();
        tell(ClusterEvents::between(before, session.controller().refreshNow()));
        const bool isFew = session.view().peers().size() <= FewPeers;
        Session::pause((isFew ? LookInterval : LongLookInterval) - poll.elapsed());
    }
}

} // namespace qproxysql
