// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/fleetwriter.h"

#include "inner/workers.h"

#include <mutex>

namespace qproxysql {

/// A worker may be done after this object has gone.
struct FleetWriter::Link
{
    std::mutex mutex;
    FleetWriter *writer = nullptr;
};

FleetWriter::FleetWriter(QObject *parent)
    : QObject(parent)
    , m_link(std::make_shared<Link>())
{
    m_link->writer = this;
}

FleetWriter::~FleetWriter()
{
    const std::scoped_lock lock(m_link->mutex);
    m_link->writer = nullptr;
}

void FleetWriter::start(const FleetWrite &write, const Done &done)
{
    start([write] { return write.run(); }, done);
}

void FleetWriter::start(const std::function<DrainFile::Outcome()> &write, const Done &done)
{
    const auto ticket = Workers::instance().start([write, done, link = m_link] {
        const DrainFile::Outcome outcome = write();
        const std::scoped_lock lock(link->mutex);
        if (link->writer) {
            QMetaObject::invokeMethod(
                    link->writer, [done, outcome] { done(outcome); }, Qt::QueuedConnection);
        }
    });
    // It may wait for a lock, or for several servers one after the other: others must not wait for it.
    Workers::instance().markStalled(ticket);
}

} // namespace qproxysql
