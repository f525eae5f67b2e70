// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "control/fleetwrite.h"

#include <QtCore/QObject>

#include <functional>
#include <memory>

namespace qproxysql {

/// Writes wishes for the fleet on worker threads. One thread with an event loop; does not block.
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

private:
    struct Link;
    const std::shared_ptr<Link> m_link;
};

} // namespace qproxysql
