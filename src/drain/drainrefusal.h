// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// Why a drain request was not written. Nothing has been changed then.
struct DrainRefusal
{
    enum Kind {
        BadRequest,       ///< the request itself names no peer, ...
        LastHealthyPeer,  ///< nobody would be left to serve a pool
        NoRights,         ///< this user may not write there
        ReadOnly,         ///< nobody may from here
        ChangedMeanwhile, ///< somebody else's request came between
        Damaged,          ///< the directory holds what is no drain directory; it is left alone
        Unreachable, ///< the fleet's: no server takes it, for want of a quorum, or of an answer
        NewerFormat, ///< written by a later version; it is obeyed, but not rewritten
        IoError      ///< the disk is full, ...
    };
    Kind kind = IoError;
    QString text; ///< what was wrong, of what, and what is allowed; one sentence or two
};

} // namespace qproxysql
