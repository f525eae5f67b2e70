// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/monitorsources.h"

#include "models/democluster.h"

#include <QtCore/QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

MonitorSources::MonitorSources(Controller::Settings settings, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
{
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &MonitorSources::refreshAll);
    m_timer.start(std::chrono::seconds(m_interval));
}

WatchedSource *MonitorSources::addController(WatchedSource::Kind kind, const QString &file,
                                             const LoginSource &login)
{
    Controller::Settings settings = m_settings;
    settings.poolFile = file;
    settings.isPoolFileOptional = kind == WatchedSource::Kind::Machine;
    auto controller = std::make_unique<Controller>(settings);
    Controller *const user = controller.get();
    auto source = std::make_unique<WatchedSource>(kind, file, std::move(controller));
    source->setScope(settings);
    source->setLogin(std::make_unique<LoginKeeper>(login, file),
                     [user](const LoginSource::Reading &reading) { user->setLogin(reading); });
    WatchedSource *const added = add(std::move(source));
    added->login()->begin();
    return added;
}

WatchedSource *MonitorSources::addMachine(const QString &ownPoolFile, const LoginSource &login)
{
    return addController(WatchedSource::Kind::Machine, ownPoolFile, login);
}

WatchedSource *MonitorSources::addPoolFile(const QString &path, const LoginSource &login)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    WatchedSource *const known = find(WatchedSource::Kind::PoolFile, absolute);
    return known ? known : addController(WatchedSource::Kind::PoolFile, absolute, login);
}

WatchedSource *MonitorSources::addDemo()
{
    if (WatchedSource *const known = find(WatchedSource::Kind::Demo, {}))
        return known;
    return add(std::make_unique<WatchedSource>(WatchedSource::Kind::Demo, QString(),
                                               std::make_unique<DemoCluster>()));
}

WatchedSource *MonitorSources::add(std::unique_ptr<WatchedSource> source)
{
    WatchedSource *const added = source.get();
    m_sources.push_back(std::move(source));
    added->source().setForgottenAfter(m_forgottenAfter);
    connect(added, &WatchedSource::refreshed, this, [this, added](const auto &events) {
        record(*added);
        if (added->kind() != WatchedSource::Kind::Demo)
            m_memory.note(added, events, added->view());
        Q_EMIT refreshed(added, events);
    });
    Q_EMIT this->added(added);
    added->refresh();
    return added;
}

/// Each pool once, as the source that shows it sees it.
void MonitorSources::record(const WatchedSource &source)
{
    const qint64 now = source.view().time.toMSecsSinceEpoch();
    const bool isDemo = source.kind() == WatchedSource::Kind::Demo;
    for (const PoolView &pool : source.view().pools) {
        if (source.shows(pool) && !isElsewhere(&source, pool))
            m_recorder.note(pool, now,
                            isDemo ? PeerRecorder::Keep::InMemory : PeerRecorder::Keep::OnDisk);
    }
}

void MonitorSources::remove(WatchedSource *source)
{
    const auto it = std::ranges::find(m_sources, source, &std::unique_ptr<WatchedSource>::get);
    if (it == m_sources.end())
        return;
    const std::unique_ptr<WatchedSource> gone = std::move(*it);
    m_sources.erase(it);
    Q_EMIT removed(gone.get());
}

QList<WatchedSource *> MonitorSources::all() const
{
    QList<WatchedSource *> list;
    for (const auto &source : m_sources)
        list.append(source.get());
    return list;
}

WatchedSource *MonitorSources::machine() const
{
    return find(WatchedSource::Kind::Machine, {});
}

/// An empty \a file: any.
WatchedSource *MonitorSources::find(WatchedSource::Kind kind, const QString &file) const
{
    const auto it = std::ranges::find_if(m_sources, [&](const auto &source) {
        return source->kind() == kind && (file.isEmpty() || source->file() == file);
    });
    return it == m_sources.cend() ? nullptr : it->get();
}

bool MonitorSources::isElsewhere(const WatchedSource *source, const PoolView &pool) const
{
    for (const auto &other : m_sources) {
        if (other.get() == source) {
            if (source->kind() == WatchedSource::Kind::Machine)
                continue; // a file's own pool may have another account
            return false; // the first file that has the pool shows it
        }
        if (other->kind() != WatchedSource::Kind::PoolFile)
            continue;
        const QList<PoolView> &pools = other->view().pools;
        if (std::ranges::any_of(pools, [&](const PoolView &one) {
                return one.name == pool.name && other->shows(one);
            }))
            return true;
    }
    return false;
}

QStringList MonitorSources::drainingPeers() const
{
    QStringList names;
    for (const auto &source : m_sources) {
        if (source->kind() == WatchedSource::Kind::Demo)
            continue;
        for (const PeerView *peer : source->view().peers()) {
            if (peer->service == Service::Draining)
                names.append(peer->address.name());
        }
    }
    names.removeDuplicates();
    return names;
}

QList<ClusterEvent> MonitorSources::pastEvents(const WatchedSource *source) const
{
    if (source->kind() == WatchedSource::Kind::Demo)
        return ClusterEvents::recorded({}, source->view());
    return m_memory.merged(ClusterEvents::recorded(DrainLog(folder()).read(), source->view()));
}

void MonitorSources::setInterval(int seconds)
{
    m_interval = seconds;
    setPaused(isPaused());
}

void MonitorSources::setForgottenAfter(std::chrono::seconds after)
{
    m_forgottenAfter = after;
    for (const auto &source : m_sources)
        source->source().setForgottenAfter(after);
}

void MonitorSources::setPaused(bool isPaused)
{
    if (isPaused)
        m_timer.stop();
    else
        m_timer.start(std::chrono::seconds(m_interval));
    Q_EMIT clockChanged();
}

void MonitorSources::refreshAll()
{
    for (const auto &source : m_sources)
        source->refresh();
}

} // namespace qproxysql
