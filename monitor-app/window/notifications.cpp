// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/notifications.h"

#include "models/displaystate.h"
#include "models/poolsummary.h"
#include "window/monitorsettings.h"
#include "window/monitorsources.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr qsizetype MostNames = 3;
constexpr qsizetype MostLines = 3;

} // namespace

Notifications::Notifications(const MonitorSources &sources, const MonitorSettings &settings,
                             Desktop &desktop, const Clock &clock)
    : m_sources(sources)
    , m_settings(settings)
    , m_desktop(desktop)
    , m_throttle(clock)
{
}

QString Notifications::titleOf(Kind kind)
{
    switch (kind) {
    case Kind::Down:
        return stateWord(DisplayState::Down);
    case Kind::UpAgain:
        return tr("Up again");
    case Kind::Stalled:
        return stateWord(DisplayState::Stalled);
    case Kind::SafeToStop:
        return stateWord(DisplayState::SafeToStop);
    default:
        return tr("Forgotten drain");
    }
}

void Notifications::take(const WatchedSource *source, const QList<ClusterEvent> &events)
{
    // A pool that two sources have is the business of the one that shows it.
    QList<ClusterEvent> own;
    for (const PoolView &pool : source->view().pools) {
        if (!source->shows(pool) || m_sources.isElsewhere(source, pool))
            continue;
        std::ranges::copy_if(events, std::back_inserter(own), [&pool](const ClusterEvent &event) {
            return event.pool == pool.name;
        });
    }
    const QList<EventThrottle::Notice> notices = m_throttle.take(own, source->view());
    for (const Kind kind : Kinds) {
        if (!m_settings.isNotifiedOf(kind))
            continue;
        QList<EventThrottle::Notice> ofKind;
        std::ranges::copy_if(notices, std::back_inserter(ofKind),
                             [kind](const auto &notice) { return notice.event.kind == kind; });
        if (!ofKind.isEmpty())
            notify(kind, ofKind);
    }
}

void Notifications::notify(Kind kind, const QList<EventThrottle::Notice> &notices)
{
    QStringList names;
    QStringList lines;
    QStringList about;
    for (const EventThrottle::Notice &notice : notices) {
        names.append(notice.event.peer);
        about.append(notice.event.pool + u'\n' + notice.event.peer);
        QString line = tr("%1: %2").arg(poolTitle(notice.event.pool), notice.event.text);
        if (notice.suppressed > 0)
            line += u" · "_s + tr("%1 more since the last notification").arg(notice.suppressed);
        lines.append(line);
    }
    QString title = tr("%1: %2").arg(titleOf(kind),
                                     names.first(std::min(names.size(), MostNames)).join(", "_L1));
    if (names.size() > MostNames)
        title = tr("%1 and %n more", "peers", int(names.size() - MostNames)).arg(title);
    m_desktop.notify({title, lines.first(std::min(lines.size(), MostLines)).join(u'\n'),
                      kind == Kind::Down, notices.constFirst().event.pool,
                      notices.constFirst().event.peer, about});
}

} // namespace qproxysql
