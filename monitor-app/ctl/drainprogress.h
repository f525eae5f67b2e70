// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "verdict/drainassessment.h"

#include <QtCore/QHash>

namespace qproxysql {

/// Prints the progress of a drain: a line for each check whose text has changed, except for the
/// seconds of quiet time.
class DrainProgress
{
public:
    void print(const DrainAssessment &assessment);

    static QString stateLine(const DrainAssessment &assessment); ///< "Draining, 7 of 41 left, ..."
    static QString checkLine(const DrainCheck &check); ///< "  [ok] quiet        quiet 10 of 10 s"

private:
    DrainState m_state = DrainState::InService;
    int m_left = -1;
    QHash<QString, QString> m_printed;
    QStringList m_obstacles;
};

} // namespace qproxysql
