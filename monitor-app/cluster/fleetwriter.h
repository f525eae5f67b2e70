// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/fleetwrite.h"

#include <QtCore/QObject>

#include <functional>
#include <memory>

namespace qproxysql {

/// Writes drain requests on worker threads: the fleet's, and the machine's own, whose lock others may hold.
/// One thread with an event loop; does not block.
class FleetWriter : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(const DrainFile::Outcome &)>;

    explicit FleetWriter(QObject *parent = nullptr);
    ~FleetWriter() override;

    /// \a done runs in this object's thread, from its event loop; never after its destructor,
    /// although what was begun goes on.
    void start(const FleetWrite &write, const Done &done);
    /// \a write: may block; what it captures must be its own.
    void start(const std::function<DrainFile::Outcome()> &write, const Done &done);

private:
    struct Link;
    const std::shared_ptr<Link> m_link;
};

} // namespace qproxysql
