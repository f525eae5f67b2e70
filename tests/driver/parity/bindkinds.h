// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QVariant>

#include <vector>

namespace qproxysql::parity {

/// A QVariant that applications bind, with a name for the report.
struct BindKind
{
    const char *name;
    QVariant value;
};

/// All kinds, with their edges: types that QMYSQL sends as such, types that it makes texts of, and NULLs.
std::vector<BindKind> bindKinds();

} // namespace qproxysql::parity
