// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "chart.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace qproxysql::simulation {

namespace {

constexpr double Left = 70;
constexpr double PlotWidth = 620;
constexpr double PlotHeight = 150;
constexpr double Width = Left + PlotWidth + 20;
constexpr std::array Colours{"#c4572b", "#2667ad", "#3f8f4f", "#8a5aa8", "#b08a1e",
                             "#4a4f57", "#1f9ba3", "#d0679d", "#7a6a53"};

// A round number of at least \a value.
double roundedUp(double value)
{
    const double power = std::pow(10, std::floor(std::log10(std::max(value, 1.0))));
    for (const double step : {1.0, 1.2, 1.6, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0}) {
        if (step * power >= value)
            return step * power;
    }
    return 10 * power;
}

QString number(double value)
{
    return QString::number(value, 'f', 1);
}

} // namespace

void Chart::text(double x, double y, const QString &text, const char *attributes)
{
    m_body += QStringLiteral("<text x=\"%1\" y=\"%2\" %3>%4</text>\n")
                      .arg(number(x), number(y), QLatin1String(attributes), text.toHtmlEscaped());
}

Chart::Chart(const QString &title, int first)
    : m_first(first)
{
    m_y += 10;
    text(10, m_y, title, "font-weight=\"bold\" font-size=\"14\"");
}

void Chart::addPanel(const QString &title, const QList<Line> &lines)
{
    double most = 0;
    qsizetype seconds = 1;
    for (const Line &line : lines) {
        seconds = std::max(seconds, qsizetype(line.values.size()));
        for (const double value : line.values)
            most = std::max(most, value);
    }
    most = roundedUp(most);
    m_y += 20;
    text(10, m_y, title, "font-weight=\"bold\"");
    double x = Left;
    m_y += 18;
    for (const Line &line : lines) {
        m_body += QStringLiteral("<path d=\"M%1 %2h18\" stroke=\"%3\" stroke-width=\"2\"%4/>\n")
                          .arg(number(x), number(m_y - 4),
                               QLatin1String(Colours.at(size_t(line.colour) % Colours.size())),
                               line.isDashed ? QStringLiteral(" stroke-dasharray=\"4 3\"")
                                             : QString());
        text(x + 23, m_y, line.name);
        x += 40 + 7.0 * double(line.name.size());
    }
    m_y += 10;
    grid(m_y, most, seconds);
    for (const Line &line : lines)
        draw(line, m_y, most);
    m_y += PlotHeight + 25;
}

void Chart::grid(double top, double most, qsizetype seconds)
{
    constexpr int Rows = 4;
    for (int row = 0; row <= Rows; ++row) {
        const double y = top + PlotHeight - PlotHeight * row / Rows;
        m_body += QStringLiteral("<path d=\"M%1 %2h%3\" stroke=\"#d5d8dc\"/>\n")
                          .arg(number(Left), number(y), number(PlotWidth));
        text(Left - 6, y + 4, QString::number(most * row / Rows), "text-anchor=\"end\"");
    }
    const int step = int(roundedUp(double(seconds) / 12));
    for (int second = 0; second < int(seconds); ++second) {
        if ((second + m_first) % step == 0)
            text(Left + PlotWidth * second / double(seconds), top + PlotHeight + 16,
                 QString::number(second + m_first), "text-anchor=\"middle\"");
    }
}

void Chart::draw(const Line &line, double top, double most)
{
    QString points;
    for (size_t i = 0; i < line.values.size(); ++i)
        points += QStringLiteral("%1,%2 ")
                          .arg(number(Left + PlotWidth * double(i) / double(line.values.size())),
                               number(top + PlotHeight * (1 - line.values[i] / most)));
    m_body += QStringLiteral("<polyline points=\"%1\" fill=\"none\" stroke=\"%2\" "
                             "stroke-width=\"1.5\"%3/>\n")
                      .arg(points, QLatin1String(Colours.at(size_t(line.colour) % Colours.size())),
                           line.isDashed ? QStringLiteral(" stroke-dasharray=\"4 3\"") : QString());
}

QByteArray Chart::svg() const
{
    return QStringLiteral("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1\" height=\"%2\" "
                          "font-family=\"sans-serif\" font-size=\"12\">\n"
                          "<!-- Made by qproxysql-simulate. -->\n"
                          "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n%3</svg>\n")
            .arg(number(Width), number(m_y), m_body)
            .toUtf8();
}

} // namespace qproxysql::simulation
